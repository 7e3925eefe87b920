from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db.models import DateTimeField, ExpressionWrapper, OuterRef, Q

from opportunities.models import (
    ENDED_STAGES,
    Opportunity,
    OpportunityQuerySet,
    open_at,
)
from portal.accounts.models import Company

Opportunities = OpportunityQuerySet  # for readers to name what came through the door


def visible_opportunities(*, to: Company, at: datetime) -> OpportunityQuerySet:
    """What ``to`` may know of at that moment: the one door for pages, mail, feeds, exports and counts.

    Every company that the office has approved and that the rule of disclosure means is told at the same
    instant, and no other at all. A rule that treats companies differently belongs here, and nowhere else.
    """
    if not to.is_approved:
        return Opportunity.objects.none()
    disclosed = Opportunity.objects.without_canaries().standing().disclosed_at(at)
    return disclosed.meant_for(domains=to.domains, region=to.region)


def visible_opportunities_in(company: str, *, at: datetime) -> OpportunityQuerySet:
    """What the company that a query reaches by this path may know of: the door, for a filter in its subquery.

    So many companies are asked about at once. To each it shows what ``visible_opportunities`` does.
    """
    disclosed = Opportunity.objects.without_canaries().standing().disclosed_at(at)
    approved_at = ExpressionWrapper(OuterRef(f"{company}__approved_at"), output_field=DateTimeField())
    approved = disclosed.alias(reader_approved_at=approved_at).filter(reader_approved_at__isnull=False)
    return approved.meant_for_company_in(company)


def public_opportunities(*, at: datetime) -> OpportunityQuerySet:
    """What may be told to people without an account: what every member may know of at that moment."""
    disclosed = Opportunity.objects.without_canaries().standing().disclosed_at(at)
    # A rule that asks for a domain or a region means nobody of whom neither is known.
    return disclosed.meant_for(domains=(), region="")


def public_reader() -> Company:
    """Stands for whoever acts for no company: the door shows it what everybody may know, and no more."""
    return Company(approved_at=datetime.min.replace(tzinfo=UTC))


def opportunities_for_office() -> OpportunityQuerySet:
    """Everything, disclosed or not: only for pages that none but the office may open."""
    return Opportunity.objects.without_canaries().standing()


def canaries() -> OpportunityQuerySet:
    """The made-up notices alone: for the mail that shows that mail arrives, and for no reader."""
    return Opportunity.objects.only_canaries()


def awaiting_disclosure() -> OpportunityQuerySet:
    """What nobody but the office knows of, the latest first: never disclosed, or withdrawn."""
    hidden = opportunities_for_office().filter(disclosed_from=None)
    return hidden.order_by("-recorded_at", "-pk")


def is_open(at: datetime) -> Q:
    """Whether an opportunity that a query holds can still be worked for."""
    return open_at(at)


def has_ended() -> Q:
    """Whether an opportunity that a query holds was awarded, cancelled or is tendered anew."""
    return Q(stage__in=ENDED_STAGES)


def processes_behind(opportunities: Iterable[int] | OpportunityQuerySet) -> OpportunityQuerySet:
    """The processes these opportunities are read from: themselves, and what is merged into them."""
    return Opportunity.objects.filter(Q(pk__in=opportunities) | Q(merged_into__in=opportunities))


def processes_read_in(opportunity: str) -> OpportunityQuerySet:
    """The processes behind the opportunity that a query reaches by this path: for a filter in its subquery.

    To filter by its number and by what is merged into it, joined by OR, would read every row there is.
    """
    root = OuterRef(OuterRef(opportunity))
    return Opportunity.objects.filter(Q(pk=root) | Q(merged_into=root))
