from __future__ import annotations

from rest_framework import serializers

from opportunities.projects.documents import DocumentKind
from portal.api.serializers.changes import ChangeSerializer
from portal.api.serializers.records import MoneyField, RecordSerializer, TextsField, WhenField, WordsField


class ProjectLineSerializer(RecordSerializer):
    id = serializers.IntegerField()
    opportunity = serializers.IntegerField(help_text="Of /opportunities: the process that told of it")
    title = WordsField()
    stage = WordsField()
    domains = TextsField()
    buyer_name = WordsField()
    city = WordsField()
    state = WordsField()
    scheme = WordsField()
    funding = WordsField()
    value = MoneyField(allow_null=True)
    value_until = MoneyField(allow_null=True, help_text="The upper end where a range is told")
    tender_expected_from = serializers.DateField(allow_null=True)
    tender_expected_until = serializers.DateField(allow_null=True)
    expected_first_from = serializers.DateField(allow_null=True, help_text="As it was first told")
    expected_moves = serializers.IntegerField(help_text="How often the quarter has moved since")
    confidence = WordsField(help_text="low, medium, high, or empty")
    tendered_at = WhenField(allow_null=True)


class LinkedTenderSerializer(RecordSerializer):
    """A tender that it has come to."""

    opportunity = serializers.IntegerField(help_text="Of /opportunities")
    title = WordsField()
    confirmed_at = WhenField()


class SharedDocumentSerializer(RecordSerializer):
    """What others have published about it, on the web."""

    kind = serializers.ChoiceField(
        choices=[(kind.value, kind.value) for kind in DocumentKind],
        help_text="documentType of OC4IDS, or other",
    )
    title = WordsField()
    url = serializers.URLField()
    published_on = serializers.DateField(allow_null=True)


class SharedNoteSerializer(RecordSerializer):
    """What the office lets members know."""

    text = WordsField()
    written_at = WhenField()


class ProjectEntrySerializer(RecordSerializer):
    """What became known at a time."""

    number = serializers.IntegerField()
    happened_at = WhenField()
    changes = ChangeSerializer(many=True, source="shown_changes")
    added_fields = TextsField()


class ProjectSerializer(ProjectLineSerializer):
    description = WordsField()
    basis = WordsField(help_text="What the expected quarter is built on")
    page = WordsField(help_text="Where Setu shows it to people")
    tenders = LinkedTenderSerializer(many=True)
    documents = SharedDocumentSerializer(
        many=True, help_text="That the office lets members know, the latest first"
    )
    notes = SharedNoteSerializer(many=True)
    history = ProjectEntrySerializer(many=True)
