from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from opportunities.models import Notice, Opportunity, OpportunityRevision, Requirement
from opportunities.parsed_notice import NoticeKind, RequirementKind, Stage
from opportunities.services import write_search_entries


class OpportunityFactory(DjangoModelFactory[Opportunity]):
    """A tender that every member sees and that closes in twenty days."""

    class Meta:
        model = Opportunity

    publisher = "etenders.example.org"
    process_id = Sequence(lambda n: f"2026_SCDL_{91000 + n}_1")
    disclosed_from = LazyFunction(lambda: timezone.now() - timedelta(days=2))
    recorded_at = LazyFunction(lambda: timezone.now() - timedelta(days=2))
    published_at = LazyFunction(lambda: timezone.now() - timedelta(days=3))
    stage = Stage.TENDER.value
    title = "Supply and commissioning of online water-quality sensors"
    description = "Online water-quality sensors at 212 locations, tied into the existing SCADA."
    buyer_name = "Pune Smart City Development Corporation Ltd"
    city = "Pune"
    state = "MH"
    value_amount = Decimal("845000000")
    value_currency = "INR"
    submission_deadline = LazyFunction(lambda: timezone.now() + timedelta(days=20))

    @classmethod
    def _create(cls, model_class: type[Opportunity], *args: Any, **kwargs: Any) -> Opportunity:
        opportunity: Opportunity = super()._create(model_class, *args, **kwargs)  # type: ignore[no-untyped-call]
        write_search_entries([opportunity.pk])  # as recording does
        return opportunity


class NoticeFactory(DjangoModelFactory[Notice]):
    class Meta:
        model = Notice

    opportunity = SubFactory(OpportunityFactory)
    notice_id = Sequence(lambda n: f"NIT-{n}")
    kind = NoticeKind.TENDER.value
    published_at = SelfAttribute("opportunity.published_at")
    content = LazyAttribute(
        lambda notice: {
            "publisher": notice.opportunity.publisher,
            "process_id": notice.opportunity.process_id,
            "notice_id": notice.notice_id,
            "kind": notice.kind,
            "published_at": None,
            "facts": {},
        }
    )
    content_hash = Sequence(lambda n: f"{n:064x}")
    seen_at = LazyFunction(timezone.now)
    recorded_at = LazyFunction(timezone.now)


class OpportunityRevisionFactory(DjangoModelFactory[OpportunityRevision]):
    class Meta:
        model = OpportunityRevision

    notice = SubFactory(NoticeFactory)
    opportunity = SelfAttribute("notice.opportunity")
    number = Sequence(lambda n: n + 1)
    changes = LazyFunction(list)
    tells_a_change = LazyAttribute(lambda revision: revision.number > 1)
    recorded_at = LazyFunction(timezone.now)


class RequirementFactory(DjangoModelFactory[Requirement]):
    """That a bidder's turnover be 50 crore, unless told otherwise."""

    class Meta:
        model = Requirement

    notice = SubFactory(NoticeFactory)
    opportunity = SelfAttribute("notice.opportunity")
    number = Sequence(lambda n: n)
    kind = RequirementKind.TURNOVER.value
    sentence = "Average annual turnover of at least Rs. 50 crore in the last three financial years."
    amount = Decimal(500_000_000)
    currency = "INR"
    years = 3
    confidence = 0.95
