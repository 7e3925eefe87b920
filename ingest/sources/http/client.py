"""One page at a time, politely and within limits."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType

import httpx
from protego import Protego

from ingest.errors import FetchRefused, LogInAsked, SourceChanged, SourceUnavailable
from ingest.sources.base import FetchedDocument
from ingest.sources.http.archive import Archive, NothingKept
from ingest.sources.http.body import read_body
from ingest.sources.http.pace import Pace
from ingest.sources.http.retry_after import retry_after
from portal.lib.guarded_network import GuardedNetwork
from portal.lib.guarded_transport import NETWORK_ERRORS, Transport

MOST_REDIRECTS = 5
_LARGEST_ROBOTS_TXT = 512 * 1024  # as much of it as RFC 9309 asks crawlers to read
_SECRET_HEADERS = frozenset({"set-cookie"})
_GONE = (404, 410)
_BUSY = (408, 425, 429)
_SAME_METHOD = (307, 308)  # redirects that keep it, and with it the form
_NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class _Answer:
    url: httpx.URL
    status: int
    headers: httpx.Headers
    body: bytes


class PoliteClient:
    """Fetches for one poll of one source: keeps its cookies and each host's robots.txt that long.

    A page that the server says hasn't changed comes from the archive, as if it had been sent again.
    Says who we are, obeys robots.txt and its crawl delay, takes turns with all other workers, ends by its
    deadline, and goes to public addresses only. One thread at a time. Use it as a context manager.
    """

    def __init__(  # noqa: PLR0913  each is a setting of its own, and named
        self,
        *,
        user_agent: str,
        pace: Pace,
        seconds_between_requests: float,
        archive: Archive | None = None,
        allow_loopback: bool = False,
        deadline: float = 60.0,
    ) -> None:
        self._user_agent = user_agent
        self._pace = pace
        self._seconds_apart = seconds_between_requests
        self._deadline = deadline  # seconds for a document, redirects included, waiting for our turn not
        self._network = GuardedNetwork(allow_loopback=allow_loopback, refusal=FetchRefused)
        self._archive: Archive = archive or NothingKept()
        self._robots: dict[str, Protego] = {}
        self._token = self._token_site = ""
        self.left_off_at: str | None = None  # None: the visit saw all there was
        self._http = httpx.Client(
            transport=Transport(self._network),
            headers={"User-Agent": user_agent, "Accept": "*/*", "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(20.0, connect=10.0),
            trust_env=False,  # a proxy would make its own look-ups, and go where we must not
        )

    def __enter__(self) -> PoliteClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()
        self._pace.close()

    def get(self, url: str) -> FetchedDocument:
        """Fetch one page. Raise SourceUnavailable, SourceChanged (404, 410) or FetchRefused."""
        return self._fetch(url, None)

    def post(self, url: str, form: Mapping[str, str]) -> FetchedDocument:
        """Send a form and return the page that answers, redirects followed. Raises as ``get`` does.

        The form goes to that address alone: a redirect that wants it sent elsewhere is refused.
        """
        return self._fetch(url, form)

    def carry(self, token: str, *, to: str) -> None:
        """Show a bearer token from now on to the site of that address, and to nobody else."""
        self._token, self._token_site = token, _site(_checked(to))

    def kept(self, url: str) -> FetchedDocument | None:
        """What we have from an address already, for documents that can't have changed since."""
        try:
            return self._archive.document(url)
        except LookupError:
            return None

    def leave_off(self, at: str = "") -> None:
        """Note that the visit ends before all was seen, and where the next one goes on."""
        self.left_off_at = at

    def _fetch(self, url: str, form: Mapping[str, str] | None) -> FetchedDocument:
        address = _checked(url)
        self._network.deadline = time.monotonic() + self._deadline
        for _ in range(MOST_REDIRECTS + 1):
            rules = self._rules(address)
            if not rules.can_fetch(str(address), self._user_agent):
                raise FetchRefused(f"robots.txt of {address.host} asks us not to fetch {address}")
            known = self._archive.validators(str(address)) if form is None else None
            answer = self._request(
                address,
                crawl_delay=rules.crawl_delay(self._user_agent) or 0.0,
                headers=known.as_headers() if known else {},
                form=form,
            )
            if known and answer.status == 304:
                return self._archive.document(str(address))
            target = _redirect_target(answer)
            if target is None:
                _raise_for_status(answer)
                return _document(answer)
            if form is not None and answer.status in _SAME_METHOD:
                raise FetchRefused(f"{address} wants our form sent to {target}")
            address, form = target, None
        raise SourceChanged(f"{url} redirects more than {MOST_REDIRECTS} times")

    def _rules(self, address: httpx.URL) -> Protego:
        """The host's robots.txt, asked for once. Without one everything is allowed."""
        site = _site(address)
        if site not in self._robots:
            self._robots[site] = self._fetch_rules(httpx.URL(f"{site}/robots.txt"))
        return self._robots[site]

    def _fetch_rules(self, address: httpx.URL) -> Protego:
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._request(address)
            if (target := _redirect_target(answer)) is None:
                break
            address = target
        if answer.status in _BUSY or answer.status >= 500:
            reason = f"{address} answers {answer.status}, so we can't know what is allowed"
            raise SourceUnavailable(reason, wait=_wait_asked_for(answer))
        stated = answer.body[:_LARGEST_ROBOTS_TXT] if answer.status < 300 else b""
        return Protego.parse(stated.decode(errors="replace"))

    def _request(
        self,
        address: httpx.URL,
        *,
        crawl_delay: float = 0.0,
        headers: Mapping[str, str] = _NO_HEADERS,
        form: Mapping[str, str] | None = None,
    ) -> _Answer:
        """One request in our turn. Waiting for it takes nothing from the deadline."""
        before = time.monotonic()
        self._pace.wait(address.netloc.decode(), max(self._seconds_apart, crawl_delay))
        self._network.deadline += time.monotonic() - before
        if self._token and _site(address) == self._token_site:
            headers = {**headers, "Authorization": f"Bearer {self._token}"}
        method = "GET" if form is None else "POST"
        try:
            with self._http.stream(
                method, address, headers=headers, data=form, follow_redirects=False
            ) as response:
                body = read_body(response.iter_raw(), response.headers.get("Content-Encoding", ""))
                return _Answer(address, response.status_code, response.headers, body)
        except (*NETWORK_ERRORS, httpx.HTTPError) as error:
            reason = str(error) or type(error).__name__
            raise SourceUnavailable(f"{address.host} can't be reached or broke off: {reason}") from None


def _checked(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError):
        raise FetchRefused(f"{url[:200]} isn't an address") from None
    if address.scheme not in ("http", "https") or not address.host:
        raise FetchRefused(f"{url[:200]} isn't an http or https address")
    if address.userinfo:
        raise FetchRefused("an address with a password in it isn't fetched")
    return address.copy_with(fragment=None)


def _site(address: httpx.URL) -> str:
    return f"{address.scheme}://{address.netloc.decode()}"


def _redirect_target(answer: _Answer) -> httpx.URL | None:
    location = answer.headers.get("Location")
    if answer.status not in (301, 302, 303, 307, 308) or not location:
        return None
    try:
        target = answer.url.join(location)
    except (httpx.InvalidURL, ValueError):
        raise FetchRefused(f"{answer.url} redirects to what isn't an address") from None
    return _checked(str(target))


def _raise_for_status(answer: _Answer) -> None:
    status, url = answer.status, answer.url
    if status < 300:
        return
    if status in _BUSY or status >= 500:
        wait = _wait_asked_for(answer)
        asked = f" and asks us to wait {wait.total_seconds():.0f} seconds" if wait else ""
        raise SourceUnavailable(f"{url} answers {status}{asked}", wait=wait)
    if status == 401:
        raise LogInAsked(f"{url} is for those who have logged in ({status})")
    if status in _GONE:
        raise SourceChanged(f"{url} is no longer there ({status})")
    raise SourceChanged(f"{url} answers {status}")


def _wait_asked_for(answer: _Answer) -> timedelta:
    return retry_after(answer.headers.get("Retry-After", ""), now=datetime.now(UTC))


def _document(answer: _Answer) -> FetchedDocument:
    media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return FetchedDocument(
        url=str(answer.url),
        media_type=media_type[:100] or "application/octet-stream",
        body=answer.body,
        headers=tuple((name, value) for name, value in answer.headers.items() if name not in _SECRET_HEADERS),
    )
