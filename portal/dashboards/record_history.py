"""Who changed a record that others rely on, what, where and why: for the office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ingest.models import Source
from matching.models import CapabilityProfile, Subscription, WebhookEndpoint
from opportunities.selectors import alias_ids_of, buyer_named, cities
from portal.accounts.changes import Linked, Rows, changes_of
from portal.accounts.http import OfficeRequest
from portal.accounts.models import Company
from portal.accounts.roles import office_required


@dataclass(frozen=True, slots=True)
class Record:
    """A record with all rows that belong to it, what it is called, and its page."""

    name: str
    page: str
    rows: Sequence[Rows]
    linked: Sequence[Linked] = ()


def _buyer(pk: int) -> Record | None:
    name = buyer_named(pk)
    if name is None:
        return None
    rows = [Rows("opportunities_buyer", [pk]), Rows("opportunities_buyeralias", alias_ids_of(pk))]
    return Record(name, reverse("dashboards:buyer", args=[pk]), rows)


def _city(pk: int) -> Record | None:
    city = cities().filter(pk=pk).first()
    if city is None:
        return None
    return Record(city.name, reverse("dashboards:city", args=[city.slug]), [Rows("opportunities_city", [pk])])


def _source(pk: int) -> Record | None:
    source = Source.objects.filter(pk=pk).first()
    if source is None:
        return None
    return Record(source.name, reverse("ingest:sources"), [Rows("ingest_source", [pk])])


def _company(pk: int) -> Record | None:
    """With its people's roles, and that, not what, its profiles and its mail were changed."""
    company = Company.objects.filter(pk=pk).first()
    if company is None:
        return None
    profiles = list(CapabilityProfile.objects.filter(company=company).values_list("pk", flat=True))
    members = list(company.memberships.values_list("pk", "user_id"))
    rows = [
        Rows("accounts_company", [pk]),
        Rows("accounts_membership", [membership for membership, _ in members]),
        Rows("accounts_user", [user for _, user in members]),
        Rows("matching_capabilityprofile", profiles),
        Rows(
            "matching_subscription",
            list(Subscription.objects.filter(profile__in=profiles).values_list("pk", flat=True)),
        ),
        Rows(
            "matching_webhookendpoint",
            list(WebhookEndpoint.objects.filter(company=company).values_list("pk", flat=True)),
        ),
    ]
    return Record(
        company.name, reverse("dashboards:members"), rows, [Linked("accounts_membership", "company_id", pk)]
    )


_RECORDS: dict[str, Callable[[int], Record | None]] = {
    "buyer": _buyer,
    "city": _city,
    "company": _company,
    "source": _source,
}


@require_GET
@office_required
def record_history(request: OfficeRequest, about: str, record_id: int) -> HttpResponse:
    """The history of one record, the latest first."""
    find = _RECORDS.get(about)
    record = find(record_id) if find else None
    if record is None:
        raise Http404
    context = {
        "section": "buyers" if about in {"buyer", "city"} else about,
        "record": record,
        "changes": changes_of(record.rows, linked=record.linked),
    }
    return render(request, "portal/record_history.html", context)
