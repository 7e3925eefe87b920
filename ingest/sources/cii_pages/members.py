"""Past the channel's log-in: with a bearer token, or through the form that asks for a user and a password."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from ingest.errors import FetchRefused, LogInAsked, SourceUnavailable
from ingest.sources.base import Access, Client, FetchedDocument, SourceSettings
from ingest.sources.cii_pages.notice import read_page

# One to begin with, and one for a session that ends half-way.
_MOST_LOG_INS = 2
_NAMES_A_USER = ("text", "email", "tel")
_THIS_MACHINE = ("127.0.0.1", "::1", "localhost")


@dataclass(slots=True)
class MembersClient:
    """Fetches pages for one poll, and logs in where the site asks for it."""

    client: Client
    source: SourceSettings
    log_ins: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.source.access.token:
            _refuse_in_the_clear(self.source.address, self.source.access)
            self.client.carry(self.source.access.token, to=self.source.address)

    def get(self, url: str) -> FetchedDocument:
        """The page as members see it. Raise FetchRefused if we aren't let in; else as the client does."""
        document, form = self._try(url)
        while form is not None:
            if self.log_ins == _MOST_LOG_INS:
                raise SourceUnavailable("the site ends our session again and again")
            self.log_ins += 1
            self._log_in(document.url, form)
            document, form = self._try(url)
        return document

    def _try(self, url: str) -> tuple[FetchedDocument, Tag | None]:
        try:
            document = self.client.get(url)
        except LogInAsked:
            if self.source.access.token:
                raise FetchRefused("the site refuses CII_PAGES_TOKEN") from None
            raise FetchRefused("the site asks for a token, not by a form: set CII_PAGES_TOKEN") from None
        return document, _log_in_form(read_page(document.body))

    def _log_in(self, url: str, form: Tag) -> None:
        access = self.source.access
        if not (access.user and access.password):
            raise FetchRefused("the site asks for a log-in: set CII_PAGES_USER and CII_PAGES_PASSWORD")
        target = urljoin(url, str(form.get("action") or url))
        if urlsplit(target)[:2] != urlsplit(self.source.address)[:2]:
            raise FetchRefused(f"the log-in form leads to {urlsplit(target).netloc}, which isn't the site")
        _refuse_in_the_clear(target, access)
        try:
            answer = self.client.post(target, _filled_in(form, access))
        except LogInAsked:
            raise FetchRefused(_REFUSED) from None
        if _log_in_form(read_page(answer.body)) is not None:
            raise FetchRefused(_REFUSED)


_REFUSED = "the site refuses our log-in: CII_PAGES_USER or CII_PAGES_PASSWORD is wrong, or no longer valid"


def _log_in_form(page: BeautifulSoup) -> Tag | None:
    """The form that asks for one password. Two would be for choosing a new one."""
    for form in page.find_all("form"):
        if len(form.find_all("input", type="password")) == 1:
            return form
    return None


def _filled_in(form: Tag, access: Access) -> dict[str, str]:
    """What the form sends: its hidden fields as they are, ours filled in, no box ticked."""
    if str(form.get("method", "get")).lower() != "post":
        raise FetchRefused("the log-in form would put our password into an address")
    fields: dict[str, str] = {}
    user = password = ""
    for tag in form.find_all("input", attrs={"name": True}):
        name, kind = str(tag["name"]), str(tag.get("type", "text")).lower()
        if kind == "hidden":
            fields[name] = str(tag.get("value", ""))
        elif kind == "password":
            password = name
        elif kind in _NAMES_A_USER and not user:
            user = name
    if not (user and password):
        raise FetchRefused("the log-in form has no field for a user, or none for a password")
    return {**fields, user: access.user, password: access.password}


def _refuse_in_the_clear(url: str, access: Access) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (access.allow_loopback and parts.hostname in _THIS_MACHINE):
        raise FetchRefused("http:// would send our password or token for all to read: write https://")
