"""The office's inbox: what waits, what can be done about it, and what was done today."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext
from rest_framework.request import Request
from rest_framework.response import Response

from ingest.reading.words import NotUnderstood
from ingest.services import Answer
from ingest.templatetags.reason_words import reason_words
from opportunities.errors import DisclosureDiffers
from portal.accounts.models import User
from portal.api.describing import described
from portal.api.once import once
from portal.api.parameters import Parameter
from portal.api.problems import (
    Mistake,
    Problem,
    changed_meanwhile,
    clash,
    not_found,
    not_understood,
)
from portal.api.records.office import deed_record, inbox_item_record, inbox_line_record
from portal.api.said import said
from portal.api.serializers import said_office as deeds
from portal.api.serializers.office import DeedSerializer, InboxItemSerializer, InboxLineSerializer
from portal.api.serializers.opportunities import page_of
from portal.api.serializers.said_office import DeedSaid
from portal.api.versions import ANY, version_seen
from portal.api.views.office.base import OfficeView
from portal.dashboards.cases import Deed, colleagues, done_on_the_day_of, entries_of
from portal.dashboards.deeds import (
    Act,
    NotForThis,
    answering,
    approving,
    disclosing,
    merging,
    naming,
    settling,
)
from portal.dashboards.desk import desk_for
from portal.dashboards.handling import ChangedMeanwhile, Hand, NoLongerWaits, assign, handle, remark
from portal.dashboards.models import CaseEntry
from portal.dashboards.undoing import CantBeUndone, undo
from portal.dashboards.waiting import WaitingKind, everything_waiting, place_of, what_waits

_GONE = "Nothing such waits"
MOST_OF_A_KIND = 500
_LATEST_FIRST = [F("done_at").desc(), F("pk").desc()]
_OVER = "It was dealt with since, or something stands in the way"
Told = dict[str, Any]
_ACTS: dict[str, Callable[[Told], Act]] = {
    deeds.DISCLOSE: lambda told: disclosing(told.get("visible_from")),
    deeds.SETTLE: lambda told: settling(told["because"]),
    deeds.MERGE: lambda told: merging(may_disclose=told.get("may_disclose", False)),
    deeds.APPROVE: lambda _: approving,
    deeds.NAME: lambda told: naming(told["buyer"]),
    deeds.ANSWER: lambda told: answering(
        told["extraction"], told["question"], answer=Answer(told["answer"]), words=told.get("words", "")
    ),
}


class InboxList(OfficeView):
    is_list = True
    parameters = (
        Parameter("kind", "Only what is of this kind", choices=tuple(WaitingKind)),
        Parameter("mine", "Only what you look after", choices=("yes",)),
    )
    serializer_class = InboxLineSerializer

    @described(
        f"What waits: the latest {MOST_OF_A_KIND} of each kind, those that hold others up first",
        answer=page_of(InboxLineSerializer),
        tag="office",
    )
    def get(self, request: Request) -> Response:
        kind, is_mine = request.GET.get("kind"), "mine" in request.GET
        lines = [
            line
            for line in everything_waiting(at=self.now, most=MOST_OF_A_KIND)
            if (kind is None or line.kind == kind)
            and (not is_mine or (line.case and line.case.assigned_to_id == self.person.pk))
        ]
        page = self.page()
        shown, following = page.cut_found(lines, place_of)
        return self.told_page([inbox_line_record(line) for line in shown], page, following)


class InboxItem(OfficeView):
    serializer_class = InboxItemSerializer

    @described(
        "One thing that waits, with all that is needed to do something about it",
        answer=InboxItemSerializer,
        tag="office",
        problems={404: _GONE},
    )
    def get(self, request: Request, key: str) -> Response:
        line = what_waits(key, at=self.now)
        desk = desk_for(line, at=self.now) if line else None
        if line is None or desk is None:
            raise not_found()
        self.version = line.stamp
        return self.told(inbox_item_record(line, desk, at=self.now))


class InboxDeeds(OfficeView):
    serializer_class = DeedSerializer
    versioned = frozenset({"POST"})

    @described(
        "Do something about it, as it was seen; to be told with the fields of that deed alone",
        takes=DeedSaid,
        answer=DeedSerializer,
        status=201,
        tag="office",
        problems={404: _GONE, 409: _OVER},
        is_versioned=True,
    )
    @once
    def post(self, request: Request, key: str) -> Response:
        if what_waits(key, at=self.now) is None:
            raise _over(key)
        told, seen = said(DeedSaid, request), version_seen(request)
        hand = Hand(self.person, self.now, "" if seen == ANY else seen)
        try:
            entry = _done(key, told, hand)
        except NotForThis:
            raise not_understood([Mistake("do", gettext("It can't be done about this."))]) from None
        except ChangedMeanwhile:
            raise changed_meanwhile() from None
        except NoLongerWaits as gone:
            raise _dealt_with(gone.last) from None
        return self.told(deed_record(entry, key, at=self.now), status=201, location=_address(entry))


class DeedList(OfficeView):
    is_list = True
    serializer_class = DeedSerializer

    @described(
        "What the office did today, in Stockholm, the latest first",
        answer=page_of(DeedSerializer),
        tag="office",
    )
    def get(self, request: Request) -> Response:
        page = self.page()
        shown, following = page.cut(done_on_the_day_of(self.now), _LATEST_FIRST)
        records = [deed_record(entry, entry.case.key, at=self.now) for entry in shown]
        return self.told_page(records, page, following)


class DeedDetail(OfficeView):
    serializer_class = DeedSerializer

    @described("One deed", answer=DeedSerializer, tag="office", problems={404: "There is none"})
    def get(self, request: Request, deed_id: int) -> Response:
        entry = self._known(deed_id)
        return self.told(deed_record(entry, entry.case.key, at=self.now))

    @described(
        "Undo it, so that it waits as before; again changes nothing",
        status=204,
        tag="office",
        problems={404: "There is none", 409: "Others have seen it, or did something about it since"},
    )
    def delete(self, request: Request, deed_id: int) -> Response:
        try:
            undo(self._known(deed_id).pk, by=self.person, now=self.now)
        except CantBeUndone:
            said_why = gettext(
                "That can't be undone any more: others have seen it, or something was done about it since."
            )
            raise clash(said_why) from None
        return Response(status=204)

    def _known(self, deed_id: int) -> CaseEntry:
        entry = CaseEntry.objects.select_related("case", "done_by", "given_to").filter(pk=deed_id).first()
        if entry is None:
            raise not_found()
        return entry


def _done(key: str, told: Told, hand: Hand) -> CaseEntry:
    """Do it. Raises what ``handling`` does, and a Problem for an answer that can't be taken."""
    if told["do"] == deeds.REMARK:
        return remark(key, told["remark"], hand=hand)
    if told["do"] == deeds.ASSIGN:
        return _assigned(key, _colleague(told, hand.by), hand)
    try:
        return handle(key, _ACTS[told["do"]](told), hand=hand)
    except DisclosureDiffers:
        raise clash(gettext("One of them is disclosed otherwise: say whether both may be.")) from None
    except NotUnderstood as reason:
        raise not_understood([Mistake("words", str(reason_words(str(reason))))]) from None
    except (ObjectDoesNotExist, KeyError):
        raise not_understood([Mistake("question", gettext("There is no such question."))]) from None


def _colleague(told: Told, by: User) -> User | None:
    """Who is to look after it; None for nobody."""
    if "to" not in told:
        return by if told["to_me"] else None
    if told["to"] is None:
        return None
    found = colleagues().filter(pk=told["to"]).first()
    if found is None:
        raise not_understood([Mistake("to", gettext("There is no such colleague."))])
    return found


def _assigned(key: str, to: User | None, hand: Hand) -> CaseEntry:
    """Where it stands already, the deed that made it so."""
    with transaction.atomic():
        entry = assign(key, to, hand=hand)
        if entry is not None:
            return entry
        line = what_waits(key, at=hand.at)
        standing = [one for one in entries_of(line.case if line else None) if one.deed == Deed.ASSIGNED]
    if not standing:
        raise clash(gettext("Nobody looks after it."))
    return standing[0]


def _over(key: str) -> Problem:
    kind, _, number = key.partition("-")
    known = CaseEntry.objects.standing().telling_a_deed().filter(case__kind=kind)
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    last = known.filter(case__about=number).select_related("done_by").last() if is_number else None
    return _dealt_with(last)


def _dealt_with(last: CaseEntry | None) -> Problem:
    if last is None:
        return not_found()
    return clash(gettext("%(name)s has dealt with it since.") % {"name": last.done_by.name})


def _address(entry: CaseEntry) -> str:
    return reverse("api:deed", args=[entry.pk])
