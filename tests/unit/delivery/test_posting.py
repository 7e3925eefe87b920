from __future__ import annotations

import socket

import pytest

from matching.delivery.webhooks.posting import LARGEST_ANSWER, Sender, post, refusal
from tests.integration.sending.receiver import Answer, drips, pours, receiver, says

AT_HOME = Sender("Setu-Webhooks/1.0", allow_loopback=True, deadline=2.0)
OUTSIDE = Sender("Setu-Webhooks/1.0", deadline=2.0)

# Ways to write an address of this machine, of a network behind it, or of a cloud's metadata service.
WITHIN = [
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://0/",
    "https://0.0.0.0/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://192.0.0.192/",
    "https://198.18.0.1/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://[2002:7f00:1::]/",
    "https://[fc00::1]/",
    "https://[fd00:ec2::254]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25lo]/",
    "https://[ff02::1]/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://setu.localhost/",
    "https://printer.local/",
    "https://metadata.google.internal/",
]
MALFORMED = [
    "",
    "setu",
    "http://example.org/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "https://",
    "https:///path",
    "https://user:word@example.org/",
    "https://user@example.org/",
    "https://example.org@127.0.0.1/",
    "https://example.org:port/",
    "https://example.org:99999/",
    "https://example.org/#fragment",
    "https://exa mple.org/",
    "https://[::1/",
]


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is connected to fails the test."""

    def refuse(*address: object, **_: object) -> None:
        pytest.fail(f"a connection was tried: {address}")

    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.mark.usefixtures("no_connection")
@pytest.mark.parametrize("address", [*WITHIN, *MALFORMED])
def test_nobody_is_posted_to_but_on_the_internet(address: str) -> None:
    answer = post(address, "{}", {}, sender=OUTSIDE)

    assert answer.status is None
    assert not answer.is_taken


@pytest.mark.parametrize("address", MALFORMED)
def test_the_form_refuses_what_can_never_be_posted_to(address: str) -> None:
    assert refusal(address, allow_loopback=False) != ""


@pytest.mark.usefixtures("no_connection")
@pytest.mark.parametrize("inner", ["127.0.0.1", "169.254.169.254", "10.0.0.7", "::1", "::ffff:10.0.0.7"])
def test_a_name_that_leads_within_is_refused_whatever_else_it_leads_to(
    monkeypatch: pytest.MonkeyPatch, inner: str
) -> None:
    def look_up(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (found, port)) for found in ("93.184.216.34", inner)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    answer = post("https://rebound.example.org/", "{}", {}, sender=OUTSIDE)

    assert "isn't a public address" in answer.said


def test_a_name_is_looked_up_once_and_connected_to_where_it_was_looked_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with receiver() as taken:
        asked: list[str] = []
        port = int(taken.address.split(":")[2].split("/")[0])
        ours = socket.getaddrinfo

        def look_up(host: str, *rest: object, **named: object) -> object:
            asked.append(host)
            # A second look-up of the name would be answered differently.
            return ours("127.0.0.1" if len(asked) == 1 or host == "127.0.0.1" else "10.0.0.7", port)

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        answer = post(f"http://member.example.org:{port}/setu", "{}", {}, sender=AT_HOME)

    assert answer.is_taken
    assert asked.count("member.example.org") == 1
    assert taken.posted[0].headers["host"] == f"member.example.org:{port}"


def test_a_redirect_is_not_followed() -> None:
    with receiver() as inner, receiver(says(307, Location=inner.address)) as taken:
        answer = post(taken.address, "{}", {}, sender=AT_HOME)

    assert (answer.status, answer.is_taken) == (307, False)
    assert inner.posted == []


@pytest.mark.parametrize("behaviour", [drips, pours])
def test_an_answer_without_end_is_left(behaviour: Answer) -> None:
    with receiver(behaviour) as taken:
        answer = post(taken.address, "{}", {}, sender=Sender("Setu", allow_loopback=True, deadline=0.4))

        assert taken.was_left.wait(timeout=10)
    assert len(answer.said) <= LARGEST_ANSWER


def test_what_is_answered_is_kept_in_short() -> None:
    with receiver(says(422, b"no such\x00 field\n" + b"y" * 50_000)) as taken:
        answer = post(taken.address, "{}", {}, sender=AT_HOME)

    assert answer.status == 422
    assert answer.said.startswith("no such field yyy")
    assert len(answer.said) == 500
