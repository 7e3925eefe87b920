"""The made-up channel's log-in: one member, a form with a field against forgery, sessions that can end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from http import HTTPStatus

from portal.demo.simulator.answer import Answer
from portal.demo.simulator.drawing import draw

LOG_IN_PATH = "/channel/log-in"
_SESSION = "CHANNELSESSION"
_FORM = "CHANNELFORM"


@dataclass(frozen=True, slots=True)
class Member:
    user: str
    password: str = field(repr=False)


class Members:
    """Who may read the channel's pages. Without a member everyone may."""

    def __init__(self, member: Member | None, start: str) -> None:
        self._member = member
        self._start = start  # where one is led after logging in
        self._sessions: set[str] = set()
        self.log_ins = 0

    def may_read(self, cookies: dict[str, str]) -> bool:
        return self._member is None or cookies.get(_SESSION) in self._sessions

    def end_sessions(self) -> None:
        self._sessions.clear()

    def ask(self, *, refused: bool = False) -> Answer:
        """The log-in page. Its hidden field and its cookie belong together."""
        token = secrets.token_urlsafe(16)
        page = draw("channel_log_in.html", token=token, action=LOG_IN_PATH, refused=refused)
        return Answer(page, cookie=f"{_FORM}={token}; Path=/channel; HttpOnly")

    def log_in(self, form: dict[str, str], cookies: dict[str, str]) -> Answer:
        """A new session and the way to the list; or the form once more."""
        if not form.get("token") or form["token"] != cookies.get(_FORM):
            return Answer("<title>Forbidden</title>", status=HTTPStatus.FORBIDDEN)
        if self._member != Member(form.get("user", ""), form.get("password", "")):
            return self.ask(refused=True)
        session = secrets.token_urlsafe(16)
        self._sessions.add(session)
        self.log_ins += 1
        return Answer(
            "",
            status=HTTPStatus.SEE_OTHER,
            cookie=f"{_SESSION}={session}; Path=/channel; HttpOnly",
            location=self._start,
        )
