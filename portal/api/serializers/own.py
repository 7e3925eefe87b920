from __future__ import annotations

from rest_framework import serializers

from matching.models import Subscription
from matching.models import Verdict as GivenVerdict
from matching.scoring.records import Verdict
from portal.api.serializers.opportunities import OpportunityLineSerializer
from portal.api.serializers.projects import ProjectLineSerializer
from portal.api.serializers.records import RecordSerializer, TextsField, WhenField, WordsField


class TurnoverSerializer(RecordSerializer):
    year = serializers.IntegerField()
    sek_millions = serializers.DecimalField(12, 1)


class CompletedProjectSerializer(RecordSerializer):
    """A finished work that the company can prove."""

    name = WordsField()
    completed_year = serializers.IntegerField(allow_null=True)
    value_sek_millions = serializers.DecimalField(12, 1, allow_null=True)
    domains = TextsField()


class ProfileSerializer(RecordSerializer):
    id = serializers.IntegerField(source="row.pk")
    name = WordsField(source="row.name")
    language = WordsField(source="row.language", help_text="Of its texts")
    summary = WordsField(source="row.summary")
    capabilities = TextsField(source="row.capabilities")
    domains = TextsField(source="row.domains", help_text="Fields of work")
    classification_codes = TextsField(source="row.classification_codes", help_text="CPV")
    references = TextsField(source="row.references")
    certifications = TextsField(source="row.certifications")
    turnover_sek_millions = serializers.DecimalField(
        12, 1, source="row.turnover_sek_millions", allow_null=True
    )
    employees = serializers.IntegerField(source="row.employees", allow_null=True)
    value_from_inr = serializers.DecimalField(20, 2, source="row.value_from_inr", allow_null=True)
    value_to_inr = serializers.DecimalField(20, 2, source="row.value_to_inr", allow_null=True)
    states = TextsField(source="row.states", help_text="Preferred; empty: anywhere")
    is_joint_venture_willing = serializers.BooleanField(source="row.is_joint_venture_willing")
    may_lead_joint_venture = serializers.BooleanField(source="row.may_lead_joint_venture")
    founded_year = serializers.IntegerField(source="row.founded_year", allow_null=True)
    net_worth_sek_millions = serializers.DecimalField(
        12, 1, source="row.net_worth_sek_millions", allow_null=True
    )
    indian_presence = WordsField(source="row.indian_presence")
    digital_signature = WordsField(source="row.digital_signature")
    local_content_percent = serializers.IntegerField(source="row.local_content_percent", allow_null=True)
    minimum_score = serializers.IntegerField(source="row.minimum_score", help_text="Where its list begins")
    yearly_turnovers = TurnoverSerializer(many=True)
    completed_projects = CompletedProjectSerializer(many=True)
    version = serializers.IntegerField(source="row.version", help_text="How often it was saved")
    changed_at = WhenField(source="row.changed_at")
    scored_at = WhenField(
        source="row.scored_at", allow_null=True, help_text="When its list was last made anew"
    )
    page = WordsField(help_text="Where Setu shows it to people")


class EvidenceSerializer(RecordSerializer):
    """Words of the tender, and words of the profile that they answer."""

    offered = WordsField(help_text="In the notice, letter by letter; empty where it is about a fact")
    wanted = WordsField(help_text="In the profile, letter by letter")
    bridge = WordsField(help_text="What links them where the words differ")
    kind = WordsField(help_text="concept, narrower, broader, word, lexicon, cognate, code, meaning")


class PartSerializer(RecordSerializer):
    """One reason of a score: the points of all parts add up to it."""

    rule = WordsField()
    points = serializers.IntegerField(help_text="Below zero where it counts against it")
    most = serializers.IntegerField(help_text="What the rule gives at best")
    verdict = serializers.ChoiceField(choices=[(one.value, one.value) for one in Verdict])
    evidence = EvidenceSerializer(many=True)
    details = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Names with their values, each a pair of texts",
    )


class FollowedSerializer(RecordSerializer):
    since = WhenField()
    by_name = WordsField(help_text="Who of the company began")


class VerdictSerializer(RecordSerializer):
    """What the company says of a match."""

    id = serializers.IntegerField()
    is_relevant = serializers.BooleanField()
    reason = WordsField(help_text=f"Why not: one of {', '.join(GivenVerdict.Reason)}; or empty")
    note = WordsField()
    by_name = WordsField()
    given_at = WhenField()


class MatchSerializer(RecordSerializer):
    id = serializers.IntegerField()
    profile = serializers.IntegerField(help_text="Of /profiles")
    score = serializers.IntegerField(min_value=0, max_value=100)
    parts = PartSerializer(many=True, help_text="What fits, what is missing and what the notice doesn't say")
    first_matched_at = WhenField()
    matched_at = WhenField()
    opportunity = OpportunityLineSerializer()
    verdict = VerdictSerializer(allow_null=True)
    follow = FollowedSerializer(allow_null=True)
    has_changed = serializers.BooleanField(help_text="Since the token's person opened its page")


class FollowSerializer(RecordSerializer):
    opportunity = OpportunityLineSerializer()
    since = WhenField()
    by_name = WordsField(help_text="Who of the company began")


class ProjectFollowSerializer(RecordSerializer):
    project = ProjectLineSerializer()
    since = WhenField()
    by_name = WordsField(help_text="Who of the company began")


class GivenVerdictSerializer(VerdictSerializer):
    """What the company said of a match."""

    profile = serializers.IntegerField()
    opportunity = serializers.IntegerField()
    withdrawn_at = WhenField(allow_null=True, help_text="Taken back, or another stands in its place")


class SavedSearchSerializer(RecordSerializer):
    id = serializers.IntegerField()
    name = WordsField()
    query = WordsField(help_text="What to put after /opportunities?; empty for all that is open")
    by_name = WordsField()
    created_at = WhenField()
    page = WordsField(help_text="Where Setu shows to people what it finds")


class SubscriptionSerializer(RecordSerializer):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in Subscription.Kind])
    profile = serializers.IntegerField(allow_null=True)
    saved_search = serializers.IntegerField(allow_null=True)
    query = WordsField(help_text="Of topics, as of /opportunities")
    rhythm = serializers.ChoiceField(choices=[(one, one) for one in ("immediate", "daily", "weekly")])
    weekday = serializers.IntegerField(allow_null=True, help_text="Monday is 0")
    minimum_score = serializers.IntegerField(allow_null=True, help_text="Null: from where the list begins")
    created_at = WhenField()
