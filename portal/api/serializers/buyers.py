from __future__ import annotations

from rest_framework import serializers

from opportunities.buyers import BuyerKind
from opportunities.buyers.memory import FEWEST
from portal.api.serializers.records import RecordSerializer, WordsField


class FigureSerializer(RecordSerializer):
    """A figure, and on how many tenders it rests."""

    value = serializers.FloatField()
    of = serializers.IntegerField(min_value=FEWEST)


class MemorySerializer(RecordSerializer):
    """What a buyer's tenders so far were like. Null where too few of them say so. Shares are from 0 to 1."""

    tenders = serializers.IntegerField()
    bid_days = FigureSerializer(allow_null=True, help_text="From publication to the first deadline, median")
    extended = FigureSerializer(allow_null=True, help_text="Share whose deadline was moved later")
    extension_days = FigureSerializer(allow_null=True, help_text="By how much on average, of those")
    cancelled = FigureSerializer(allow_null=True, help_text="Share called off or invited anew")
    security = FigureSerializer(allow_null=True, help_text="Bid security as a share of the value, median")


class BuyerSerializer(RecordSerializer):
    id = serializers.IntegerField()
    name = WordsField()
    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in BuyerKind])
    city = WordsField(allow_null=True, help_text="Of /cities")
    state = WordsField()
    memory = MemorySerializer()


class CitySerializer(RecordSerializer):
    slug = WordsField()
    name = WordsField()
    state = WordsField()
    buyers = BuyerSerializer(many=True)
