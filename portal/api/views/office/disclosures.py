"""To whom an opportunity is disclosed, and from when on: looked at first, decided, corrected, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from rest_framework.request import Request
from rest_framework.response import Response

from matching.services import preview_reach
from opportunities.audience import Audience, audience_of
from opportunities.selectors import opportunities_for_office
from opportunities.services import (
    correct_disclosure,
    disclose_opportunity,
    note_preview,
    withdraw_disclosure,
)
from opportunities.services.groups import lock_groups
from portal.api.describing import described
from portal.api.once import once
from portal.api.problems import Mistake, changed_meanwhile, not_found, not_understood
from portal.api.records.office import disclosure_record, disclosure_version
from portal.api.said import said
from portal.api.serializers.office import DisclosureSerializer, ReachSerializer
from portal.api.serializers.said_office import AudienceSaid, DisclosureSaid, WithdrawalSaid
from portal.api.versions import ANY, version_seen
from portal.api.views.office.base import OfficeView

_NONE = "There is no such opportunity"
# What each of these is told with, beside its own.
_about_one = partial(described, tag="office", problems={404: _NONE})
_deciding = partial(_about_one, answer=DisclosureSerializer, status=201, is_versioned=True)


def _known(opportunity_id: int) -> Any:
    found = opportunities_for_office().defer("search_vector").filter(pk=opportunity_id).first()
    if found is None:
        raise not_found()
    return found


class _Disclosures(OfficeView):
    serializer_class = DisclosureSerializer

    def told_as_it_stands(self, opportunity_id: int, *, status: int = 200) -> Response:
        row = _known(opportunity_id)
        self.version = disclosure_version(row)
        location = reverse("api:disclosure", args=[opportunity_id]) if status == 201 else ""
        return self.told(disclosure_record(row), status=status, location=location)

    @contextmanager
    def as_seen(self, opportunity_id: int, seen: str) -> Iterator[Any]:
        """What is decided within stands upon what the program has seen. Raises a Problem otherwise."""
        with transaction.atomic():
            list(lock_groups(Q(pk=opportunity_id)))
            row = _known(opportunity_id)
            if seen not in (ANY, disclosure_version(row)):
                raise changed_meanwhile()
            yield row


class Disclosure(_Disclosures):
    versioned = frozenset({"POST"})

    @_about_one("To whom it is disclosed, and what the ledger says of it", answer=DisclosureSerializer)
    def get(self, request: Request, opportunity_id: int) -> Response:
        return self.told_as_it_stands(opportunity_id)

    @_deciding("Disclose it by a rule, now or later; or change what was decided", takes=DisclosureSaid)
    @once
    def post(self, request: Request, opportunity_id: int) -> Response:
        _known(opportunity_id)
        told, seen = said(DisclosureSaid, request), version_seen(request)
        to = audience_of(told["domains"], told["regions"])
        with self.as_seen(opportunity_id, seen) as row:
            is_decided = row.disclosed_from is not None
            if (is_decided or not to.is_everyone) and not told["because"]:
                why = gettext("Say why: not every member is told, or something told is changed.")
                raise not_understood([Mistake("because", why)])
            change = correct_disclosure if is_decided else disclose_opportunity
            change(
                opportunity_id,
                from_=told.get("visible_from") or self.now,
                to=to,
                because=told["because"],
                by=self.person,
                now=self.now,
            )
        return self.told_as_it_stands(opportunity_id, status=201)


class DisclosurePreview(OfficeView):
    serializer_class = ReachSerializer

    @_about_one(
        "Whom a rule would reach, counted now and not kept, but that somebody looked",
        takes=AudienceSaid,
        answer=ReachSerializer,
    )
    @once
    def post(self, request: Request, opportunity_id: int) -> Response:
        _known(opportunity_id)
        told = said(AudienceSaid, request)
        to: Audience = audience_of(told["domains"], told["regions"])
        reach = preview_reach(opportunity_id, to, now=self.now)
        counts = {"strong": reach.strong, "subscribers": reach.subscribers, "nothing": reach.nothing}
        note_preview(opportunity_id, to=to, by=self.person, now=self.now, counts=counts)
        return self.told(reach)


class DisclosureWithdrawal(_Disclosures):
    versioned = frozenset({"POST"})

    @_deciding("Hide it from every member again, and say why", takes=WithdrawalSaid)
    @once
    def post(self, request: Request, opportunity_id: int) -> Response:
        _known(opportunity_id)
        told, seen = said(WithdrawalSaid, request), version_seen(request)
        with self.as_seen(opportunity_id, seen):
            withdraw_disclosure(opportunity_id, because=told["because"], by=self.person, now=self.now)
        return self.told_as_it_stands(opportunity_id, status=201)
