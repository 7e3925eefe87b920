"""What the office reads."""

from __future__ import annotations

from rest_framework import serializers

from opportunities.chain import LedgerKind
from portal.api.serializers.records import RecordSerializer, TextsField, WhenField, WordsField
from portal.dashboards.models import CaseEntry
from portal.dashboards.waiting import WaitingKind

KINDS = [(kind.value, kind.value) for kind in WaitingKind]
DEEDS = [(deed.value, deed.value) for deed in CaseEntry.Deed]
LEDGER_KINDS = [(kind.value, kind.value) for kind in LedgerKind]


class ColleagueSerializer(RecordSerializer):
    id = serializers.IntegerField(source="pk")
    name = WordsField()


class InboxLineSerializer(RecordSerializer):
    key = WordsField(help_text="Names it, as long as it waits")
    kind = serializers.ChoiceField(choices=KINDS)
    title = WordsField()
    detail = WordsField()
    since = WhenField(allow_null=True)
    is_early = serializers.BooleanField(help_text="Before a tender")
    likeness = serializers.IntegerField(allow_null=True, help_text="Of two that may be one, in per cent")
    looked_after_by = WordsField(help_text="Who of the office; empty: nobody yet")


class QuestionSerializer(RecordSerializer):
    """One reading to confirm, to correct or to settle."""

    extraction = serializers.IntegerField()
    key = WordsField()
    field = WordsField()
    place = WordsField()
    words = WordsField(help_text="In the original, letter by letter")
    has_reading = serializers.BooleanField(help_text="So that there is something to confirm")
    reason = WordsField(help_text="Why nothing could be read; empty where something was")


class HandReadingSerializer(RecordSerializer):
    """A notice that somebody of the office has read in what could not be read."""

    id = serializers.IntegerField(source="pk")
    title = WordsField()
    opportunity = serializers.IntegerField(source="opportunity_id", help_text="That it tells of")
    by_name = WordsField(source="reader")
    read_at = WhenField()


class LikelyBuyerSerializer(RecordSerializer):
    id = serializers.IntegerField(help_text="Of /buyers")
    name = WordsField()


class DeedSerializer(RecordSerializer):
    """What somebody of the office did or wrote."""

    id = serializers.IntegerField()
    about = WordsField(help_text="The key of what it was about")
    deed = serializers.ChoiceField(choices=DEEDS)
    title = WordsField(help_text="What it was called then")
    words = WordsField(help_text="The reason, or the remark")
    to_name = WordsField(help_text="Of assigned: who looks after it since; empty: nobody")
    by_name = WordsField()
    done_at = WhenField()
    holds_from = WhenField(allow_null=True)
    undone_at = WhenField(allow_null=True)
    may_be_undone = serializers.BooleanField()


class InboxItemSerializer(InboxLineSerializer):
    original = WordsField(help_text="The words of the document that told of it")
    opportunities = serializers.ListField(child=serializers.IntegerField(), help_text="That it is about")
    questions = QuestionSerializer(many=True)
    likely_buyers = LikelyBuyerSerializer(many=True)
    deeds = DeedSerializer(many=True, help_text="What was done and said about it, the latest first")


class LedgerLineSerializer(RecordSerializer):
    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=LEDGER_KINDS)
    at = WhenField()
    by = WordsField(help_text="Empty where a rule did it")
    visible_from = WhenField(allow_null=True)
    because = WordsField()
    seal = WordsField()


class DisclosureSerializer(RecordSerializer):
    opportunity = serializers.IntegerField()
    title = WordsField()
    disclosed_from = WhenField(allow_null=True, help_text="Null: no member may know of it")
    domains = TextsField(help_text="Only who works in one of these; none: whoever")
    regions = TextsField(help_text="Only who sits in one of these counties; none: wherever")
    ledger = LedgerLineSerializer(many=True)


class ReachSerializer(RecordSerializer):
    """Whom a rule would reach, in numbers of companies."""

    members = serializers.IntegerField()
    meant = serializers.IntegerField(help_text="They can find it")
    listed = serializers.IntegerField(help_text="On whose list it would stand")
    strong = serializers.IntegerField(help_text="Whom it would fit well")
    subscribers = serializers.IntegerField(help_text="People who would be sent it by mail")
    nothing = serializers.IntegerField()


class GroundSerializer(RecordSerializer):
    """Why two may belong together."""

    ground = WordsField()
    points = serializers.IntegerField()
    words = TextsField()


class LinkSerializer(RecordSerializer):
    project = serializers.IntegerField()
    project_title = WordsField()
    opportunity = serializers.IntegerField()
    opportunity_title = WordsField()
    likeness = serializers.IntegerField()
    grounds = GroundSerializer(many=True)
    state = WordsField(help_text="proposed, confirmed or refused")
    proposed_at = WhenField()
    confirmed_at = WhenField(allow_null=True)


class SourceSerializer(RecordSerializer):
    """A source with how it does."""

    id = serializers.IntegerField(source="source.pk")
    slug = WordsField(source="source.slug")
    name = WordsField(source="source.name")
    kind = WordsField(source="source.kind")
    publisher = WordsField(source="source.publisher")
    is_enabled = serializers.BooleanField(source="source.is_enabled")
    is_polled = serializers.BooleanField()
    is_overdue = serializers.BooleanField()
    last_polled_at = WhenField(source="source.last_polled_at", allow_null=True)
    last_success_at = WhenField(source="source.last_success_at", allow_null=True)
    last_failure = WordsField(source="source.last_failure")
    consecutive_failures = serializers.IntegerField(source="source.consecutive_failures")
    opened_at = WhenField(
        source="source.opened_at", allow_null=True, help_text="Since when we only look now and then"
    )
    alarm = WordsField(source="source.alarm")
    alarmed_at = WhenField(source="source.alarmed_at", allow_null=True)
    documents = serializers.IntegerField()
    new_documents = serializers.IntegerField(help_text="Of the last week")
    notices = serializers.IntegerField()
    quarantined = serializers.IntegerField(help_text="Parts that nobody has settled")
    rejected = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="Documents that aren't read yet")
