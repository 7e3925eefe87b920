"""The list of opportunities as one writes it at first: a ModelSerializer and a ModelViewSet.

Nobody's token is looked up, nothing is counted against a pace, no words are understood, and no door is asked
but for the day of disclosure.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.urls import include, path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.routers import DefaultRouter
from rest_framework.viewsets import ModelViewSet

from opportunities.models import Opportunity


class OpportunitySerializer(serializers.ModelSerializer[Opportunity]):
    """What a line of ours tells."""

    domains = serializers.ListField(source="search_entry.domains")
    buyer = serializers.IntegerField(source="buyer_naming.buyer_id", default=None)

    class Meta:
        model = Opportunity
        fields: ClassVar = [
            "id",
            "publisher",
            "process_id",
            "reference",
            "title",
            "stage",
            "domains",
            "buyer",
            "buyer_name",
            "city",
            "state",
            "scheme",
            "procurement_method",
            "is_joint_venture_allowed",
            "value_amount",
            "value_currency",
            "bid_security_amount",
            "bid_security_currency",
            "published_at",
            "submission_deadline",
            "without_time",
            "disclosed_from",
            "url",
        ]


class Opportunities(ModelViewSet[Opportunity]):
    serializer_class = OpportunitySerializer
    queryset = Opportunity.objects.all()

    def get_queryset(self) -> QuerySet[Opportunity]:
        now, asked = timezone.now(), self.request.query_params
        found: Any = Opportunity.objects.filter(disclosed_from__lte=now, submission_deadline__gt=now)
        if words := asked.get("q"):
            found = found.filter(Q(title__icontains=words) | Q(description__icontains=words))
        for name in ("state", "stage"):
            if value := asked.get(name):
                found = found.filter(**{name: value})
        if days := asked.get("within"):
            found = found.filter(submission_deadline__lte=now + timedelta(days=int(days)))
        ordered: QuerySet[Opportunity] = found.order_by("submission_deadline", "pk")
        return ordered


router = DefaultRouter()
router.register("opportunities", Opportunities)
urlpatterns = [path("", include(router.urls))]
