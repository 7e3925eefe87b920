"""One POST to an address that a stranger chose: to the internet alone, within limits, followed nowhere."""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpcore
import httpx

from matching.models import WebhookDelivery
from portal.lib.guarded_network import AddressRefused, GuardedNetwork, HostUnknown, is_fetchable
from portal.lib.guarded_transport import NETWORK_ERRORS, Transport

DEADLINE = 15.0  # seconds for the whole
LARGEST_ANSWER = 16 * 1024  # bytes that are read
KEPT_ANSWER = 500  # letters that are kept
Failure = WebhookDelivery.Failure


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, or why there is none. ``said`` is the answer's text, or the error's."""

    status: int | None
    said: str
    failure: Failure | None = None
    took: float = 0.0  # seconds

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        return self.status == 410


def refusal(address: str, *, allow_loopback: bool) -> str:
    """What is wrong with an address, in a word; "" if it may be tried. Names are looked up when posting."""
    if any(letter.isspace() or not letter.isprintable() for letter in address):
        return "malformed"
    try:
        parts = urlsplit(address)
        url = httpx.URL(address)
        _ = parts.port
    except (ValueError, TypeError, httpx.InvalidURL):
        return "malformed"
    if url.scheme != "https" and not (allow_loopback and url.scheme == "http"):
        return "scheme"
    if not url.host or parts.username is not None or parts.password is not None or parts.fragment:
        return "malformed"
    if _is_private(url.host, allow_loopback=allow_loopback):
        return "private"
    return ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who posts, and how far it may go."""

    user_agent: str
    allow_loopback: bool = False
    deadline: float = DEADLINE


def post(address: str, body: str, headers: Mapping[str, str], *, sender: Sender) -> Answer:
    """Post, and say what came of it; raises nothing for what the other side may do.

    The host is looked up once, refused if any of its addresses is private, and connected to where it was
    looked up. A redirect is an answer like any other, and not followed.
    """
    began = time.monotonic()
    answer = _posted(address, body, headers, sender=sender, deadline=began + sender.deadline)
    return replace(answer, took=time.monotonic() - began)


def _posted(
    address: str, body: str, headers: Mapping[str, str], *, sender: Sender, deadline: float
) -> Answer:
    network = GuardedNetwork(allow_loopback=sender.allow_loopback)
    network.deadline = deadline
    sent = {
        **headers,
        "Content-Type": "application/json",
        "User-Agent": sender.user_agent,
        "Accept-Encoding": "identity",
    }
    if wrong := refusal(address, allow_loopback=sender.allow_loopback):
        return Answer(None, f"the address is refused: {wrong}", Failure.PRIVATE)
    try:
        with (
            httpx.Client(transport=Transport(network), trust_env=False, timeout=sender.deadline) as client,
            client.stream(
                "POST", address, content=body.encode(), headers=sent, follow_redirects=False
            ) as answer,
        ):
            return Answer(answer.status_code, _beginning(answer))
    except AddressRefused as error:
        return Answer(None, str(error), Failure.PRIVATE)
    except (*NETWORK_ERRORS, httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return Answer(None, f"{type(error).__name__}: {error}"[:KEPT_ANSWER], _why(error))


def _why(error: Exception) -> Failure:
    if isinstance(error, HostUnknown):
        return Failure.UNKNOWN_HOST
    if isinstance(error, httpcore.TimeoutException | httpx.TimeoutException):
        return Failure.TIMEOUT
    if isinstance(error.__cause__, ssl.SSLError):
        return Failure.CERTIFICATE
    if isinstance(error, httpcore.ConnectError):
        return Failure.UNREACHABLE
    return Failure.BROKEN


def _beginning(answer: httpx.Response) -> str:
    said = b""
    for part in answer.iter_raw():
        said += part
        if len(said) >= LARGEST_ANSWER:
            break
    text = said[:LARGEST_ANSWER].decode("utf-8", "replace")
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:KEPT_ANSWER]


def _is_private(host: str, *, allow_loopback: bool) -> bool:
    """Of what is an address already, and of the names that never leave a machine."""
    name = host.rstrip(".").casefold()
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal")):
        return not allow_loopback
    try:
        address = ip_address(name.strip("[]"))
    except ValueError:
        return False
    return not is_fetchable(address, allow_loopback=allow_loopback)
