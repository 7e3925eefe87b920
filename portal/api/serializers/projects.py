from __future__ import annotations

from rest_framework import serializers

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

    opportunity = serializers.IntegerField(source="opportunity.pk", help_text="Of /opportunities")
    title = WordsField(source="opportunity.title")
    confirmed_at = WhenField()


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
    notes = SharedNoteSerializer(many=True)
    history = ProjectEntrySerializer(many=True)
