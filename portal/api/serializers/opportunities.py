from __future__ import annotations

from typing import Any

from rest_framework import serializers

from matching.scoring.engine import DOMAINS
from opportunities.parsed_notice import NoticeKind, RequirementKind, Stage
from opportunities.timeline import StepState
from portal.api.serializers.changes import ChangeSerializer
from portal.api.serializers.records import (
    MomentField,
    MoneyField,
    RecordSerializer,
    TextsField,
    WhenField,
    WordsField,
)

_STAGES = ", ".join(Stage)


class BuyerInLineSerializer(RecordSerializer):
    id = serializers.IntegerField(
        allow_null=True, help_text="Of /buyers; null where nobody knows which it is"
    )
    name = WordsField(help_text="As the notice has it")


class OpportunityLineSerializer(RecordSerializer):
    id = serializers.IntegerField()
    publisher = WordsField(help_text="Who numbers the process")
    process_id = WordsField(help_text="Its number there")
    reference = WordsField(help_text="The buyer's own number; several tenders may share one")
    title = WordsField()
    stage = WordsField(help_text=f"One of {_STAGES}; or empty")
    domains = TextsField(help_text=f"Fields of work, of {', '.join(DOMAINS)}")
    buyer = BuyerInLineSerializer()
    city = WordsField(help_text="One of the hundred")
    state = WordsField(help_text="ISO 3166-2 without IN-")
    scheme = WordsField()
    procurement_method = WordsField()
    is_joint_venture_allowed = serializers.BooleanField(allow_null=True)
    value = MoneyField(allow_null=True)
    bid_security = MoneyField(allow_null=True)
    published_at = WhenField(allow_null=True)
    submission_deadline = MomentField(allow_null=True)
    disclosed_from = WhenField(allow_null=True)
    url = WordsField(help_text="Where its source shows it")


class OriginSerializer(RecordSerializer):
    """Where a fact was read, in the notice's own words."""

    field = WordsField()
    place = WordsField()
    words = WordsField()
    is_sure = serializers.BooleanField()
    source_name = WordsField()
    fetched_at = WhenField()


class StepSerializer(RecordSerializer):
    """How far it has come. Without a moment it is known to be a step, but not when."""

    name = WordsField()
    state = serializers.ChoiceField(choices=[(state.value, state.value) for state in StepState])
    moment = MomentField(allow_null=True)


class RequirementSerializer(RecordSerializer):
    """One thing that is asked of whoever bids, with the sentence that says so. Null: it doesn't say."""

    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in RequirementKind])
    sentence = WordsField()
    place = WordsField()
    amount = MoneyField(source="money", allow_null=True)
    share = serializers.DecimalField(6, 4, allow_null=True)
    years = serializers.IntegerField(allow_null=True)
    count = serializers.IntegerField(allow_null=True)
    name = WordsField()
    is_allowed = serializers.BooleanField(allow_null=True)
    is_sure = serializers.BooleanField()


class HistoryEntrySerializer(RecordSerializer):
    """What one notice changed."""

    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in NoticeKind])
    notice_id = WordsField()
    happened_at = WhenField()
    changes = ChangeSerializer(many=True, source="shown_changes")
    added_fields = TextsField(help_text="What was not known before")


class OpportunitySerializer(OpportunityLineSerializer):
    description = WordsField()
    organisation_chain = TextsField()
    contact = WordsField(help_text="An office or a post; empty without a token of a member")
    location = WordsField()
    pincode = WordsField()
    category = WordsField()
    product_category = WordsField()
    contract_form = WordsField()
    classification_codes = TextsField()
    document_fee = MoneyField(allow_null=True)
    documents_from = MomentField(allow_null=True)
    documents_until = MomentField(allow_null=True)
    enquiry_deadline = MomentField(allow_null=True)
    prebid_at = MomentField(allow_null=True)
    prebid_place = WordsField()
    submission_from = MomentField(allow_null=True)
    opening_at = MomentField(allow_null=True)
    bid_validity_days = serializers.IntegerField(allow_null=True)
    period_days = serializers.IntegerField(allow_null=True)
    tender_expected_from = serializers.DateField(allow_null=True)
    tender_expected_until = serializers.DateField(allow_null=True)
    unsure = TextsField(help_text="Facts that were read with doubt and that nobody has confirmed")
    project = serializers.IntegerField(allow_null=True, help_text="Of /projects")
    page = WordsField(help_text="Where Setu shows it to people")
    origins = OriginSerializer(many=True)
    timeline = StepSerializer(many=True)
    requirements = RequirementSerializer(many=True)
    history = HistoryEntrySerializer(many=True)


class FacetValueSerializer(RecordSerializer):
    value = WordsField()
    count = serializers.IntegerField()


class FacetSerializer(RecordSerializer):
    name = WordsField(help_text="As the parameter is called")
    values = FacetValueSerializer(many=True)


class FacetsSerializer(RecordSerializer):
    """How many are found, and how many there are of each value under the other facets."""

    total = serializers.IntegerField()
    facets = FacetSerializer(many=True)


def page_of(serializer: type[RecordSerializer]) -> Any:
    """The shape of one page of a list."""
    name = serializer.__name__.removesuffix("Serializer") + "Page"
    fields: dict[str, Any] = {
        "__doc__": "One page of a list.",
        "results": serializer(many=True),
        "next": serializers.CharField(
            allow_null=True, help_text="The next page's address; null after the last"
        ),
    }
    return type(name, (serializers.Serializer,), fields)
