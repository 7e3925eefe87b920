"""What the simulator answers to each address. Knows nothing of sockets."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from portal.demo.simulator.answer import Answer
from portal.demo.simulator.channel import NOTICES_PER_PAGE, notices_at
from portal.demo.simulator.drawing import draw
from portal.demo.simulator.edition import Edition
from portal.demo.simulator.members import LOG_IN_PATH, Member, Members
from portal.demo.simulator.misbehaviour import (
    ADDRESS,
    Manner,
    manner_asked_for,
    page_asked_for,
    robots_of,
    spoiled,
)
from portal.demo.simulator.portal_sections import sections_of
from portal.demo.simulator.tenders import Tender, tenders_at, token_for
from portal.lib.clocks import INDIA

ROBOTS = "User-agent: *\nDisallow: /admin/\n"
PORTAL_PATH = "/nicgep/app"
CHANNEL_PATH = "/channel/notices"
_SESSION = "JSESSIONID"


@dataclass(frozen=True, slots=True)
class Organisation:
    name: str
    count: int

    @property
    def token(self) -> str:
        return token_for(self.name)


NOT_FOUND = Answer("<html><title>Not found</title></html>", status=404)


class Site:
    """Both web sites of the made-up world, behind one door."""

    def __init__(
        self, edition: Edition, clock: Callable[[], datetime], *, member: Member | None = None
    ) -> None:
        self.members = Members(member, CHANNEL_PATH)
        self._edition = edition
        self._clock = clock
        self._sessions: set[str] = set()
        # Such pages count their visitors, so no two fetches have the same bytes.
        self._visitors = itertools.count(191_013)
        self.manner = Manner.WELL

    def answer(self, address: str, cookies: dict[str, str]) -> Answer:
        split = urlsplit(address)
        query = {name: values[-1] for name, values in parse_qs(split.query).items()}
        if split.path == ADDRESS:
            return self._misbehave(query)
        if split.path == "/robots.txt":
            return robots_of(self.manner, Answer(ROBOTS, media_type="text/plain"))
        page = query.get("page", "1") if split.path == CHANNEL_PATH else ""
        return spoiled(self.manner, self._good_answer(split.path, query, cookies), page)

    def _misbehave(self, query: dict[str, str]) -> Answer:
        """Behave from now on as asked; without a question say which manners there are."""
        manner = manner_asked_for(query)
        if manner is None:
            lines = [f"{ADDRESS}?as={manner}" for manner in Manner]
            return Answer("\n".join([f"now: {self.manner}", *lines, ""]), media_type="text/plain")
        self.manner = manner
        return Answer(f"now: {manner}\n", media_type="text/plain")

    def _good_answer(self, path: str, query: dict[str, str], cookies: dict[str, str]) -> Answer:
        if path == PORTAL_PATH:
            return self._portal(query, cookies.get(_SESSION, ""))
        if path.startswith("/channel/"):
            return self._channel(path, query, cookies)
        return NOT_FOUND

    def take(self, address: str, form: dict[str, str], cookies: dict[str, str]) -> Answer:
        """Answer a form that was sent."""
        if urlsplit(address).path == LOG_IN_PATH:
            return self.members.log_in(form, cookies)
        return NOT_FOUND

    def _portal(self, query: dict[str, str], session: str) -> Answer:
        tenders = tenders_at(self._edition, self._clock())
        page, token = query.get("page"), query.get("sp")
        if page == "FrontEndTendersByOrganisation" and token is None:
            return self._index(tenders)
        if session not in self._sessions or self.manner is Manner.STALE:
            # Such portals say so with 200, as if all were well.
            return Answer(draw("portal_stale.html"))
        if page == "FrontEndTendersByOrganisation":
            return self._listing([tender for tender in tenders if _is_named(tender.department, token)])
        if page == "FrontEndViewTender":
            return self._tender([tender for tender in tenders if _is_named(tender.tender_id, token)])
        return NOT_FOUND

    def _index(self, tenders: list[Tender]) -> Answer:
        departments = sorted({tender.department for tender in tenders})
        organisations = [
            Organisation(name, sum(tender.department == name for tender in tenders)) for name in departments
        ]
        session = secrets.token_hex(16).upper()
        self._sessions.add(session)
        return Answer(
            self._draw("portal_index.html", organisations=organisations),
            cookie=f"{_SESSION}={session}; Path=/nicgep; HttpOnly",
        )

    def _listing(self, tenders: list[Tender]) -> Answer:
        return Answer(self._draw("portal_listing.html", tenders=tenders)) if tenders else NOT_FOUND

    def _tender(self, tenders: list[Tender]) -> Answer:
        if not tenders:
            return NOT_FOUND
        (tender,) = tenders
        return Answer(self._draw("portal_tender.html", tender=tender, sections=sections_of(tender)))

    def _channel(self, path: str, query: dict[str, str], cookies: dict[str, str]) -> Answer:
        if path == LOG_IN_PATH:
            return self.members.ask()
        if not self.members.may_read(cookies):
            return Answer("", status=HTTPStatus.FOUND, location=LOG_IN_PATH)
        if self.manner is Manner.STALE:  # this page, and no other
            self.members.end_sessions()
        if path == CHANNEL_PATH:
            return self._channel_list(page_asked_for(self.manner, query.get("page", "1")))
        return self._channel_notice(path.removeprefix(CHANNEL_PATH + "/"))

    def _channel_list(self, page: str) -> Answer:
        notices = notices_at(self._edition, self._clock())
        pages = -(-len(notices) // NOTICES_PER_PAGE)
        if not page.isdecimal() or not 1 <= int(page) <= pages:
            return NOT_FOUND
        first = (int(page) - 1) * NOTICES_PER_PAGE
        shown = notices[first : first + NOTICES_PER_PAGE]
        return Answer(
            self._draw("channel_list.html", notices=shown, page=int(page), pages=pages, total=len(notices))
        )

    def _channel_notice(self, slug: str) -> Answer:
        for notice in notices_at(self._edition, self._clock()):
            if notice.slug == slug:
                return Answer(self._draw("channel_notice.html", notice=notice))
        return NOT_FOUND

    def _draw(self, name: str, **variables: object) -> str:
        today = self._clock().astimezone(INDIA)
        return draw(name, today=today, visitor=next(self._visitors), **variables)


def _is_named(name: str, token: str | None) -> bool:
    # parse_qs has taken the quoting away.
    return token is not None and parse_qs(f"sp={token_for(name)}")["sp"] == [token]
