from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.delivery.reports.parse import ReportKind, parse_report
from tests.unit.delivery.reports import OURS, bounce, complaint


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        ("5.1.1", "550 5.1.1 no such user", ReportKind.HARD),
        ("5.1.10", "550 no such recipient", ReportKind.HARD),
        ("5.2.1", "the mailbox is disabled", ReportKind.HARD),
        ("5.0.0", "550 5.1.1 unknown", ReportKind.HARD),
        ("5.2.2", "552 mailbox full", ReportKind.SOFT),
        ("5.4.1", "no answer from host", ReportKind.SOFT),
        ("5.7.1", "550 looks like spam to us", ReportKind.SOFT),
        ("4.4.7", "delivery time expired", ReportKind.SOFT),
        ("", "it didn't work", ReportKind.SOFT),
    ],
)
def test_only_a_mailbox_that_is_gone_is_a_hard_bounce(status: str, said: str, kind: ReportKind) -> None:
    report = parse_report(bounce(status=status, said=said))

    assert report is not None
    assert report.kind is kind
    assert report.status == status


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_bounce_names_the_mail_that_came_back(returned: str) -> None:
    report = parse_report(bounce(returned=returned))

    assert report is not None
    assert report.message_ids == (OURS,)


def test_what_a_server_says_is_kept_without_addresses() -> None:
    report = parse_report(bounce(said="550 5.1.1 <alice@example.org>\n unknown here"))

    assert report is not None
    assert report.said == "smtp; 550 5.1.1 <…> unknown here"


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered", "expanded", ""])
def test_a_mail_that_is_only_late_is_no_bounce(action: str) -> None:
    assert parse_report(bounce(action=action)) is None


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("abuse", ReportKind.COMPLAINT), ("fraud", ReportKind.COMPLAINT), ("opt-out", ReportKind.ASKED)],
)
def test_a_complaint_is_told_from_a_wish_to_leave(kind: str, expected: ReportKind) -> None:
    report = parse_report(complaint(kind=kind))

    assert report is not None
    assert report.kind is expected
    assert report.message_ids == (OURS,)


@pytest.mark.parametrize("kind", ["not-spam", "dkim", "", "x" * 500])
def test_other_feedback_is_no_complaint(kind: str) -> None:
    assert parse_report(complaint(kind=kind)) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Subject: Out of office\n\nBack on Monday.",
        b"Content-Type: message/delivery-status\n\n",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n?\n",
        b"Content-Type: message/feedback-report; charset=klingon\n\n\xff\xfe\x00",
    ],
)
def test_what_is_no_report_is_passed_over(body: bytes) -> None:
    assert parse_report(body) is None


def test_a_message_built_to_bring_the_reader_down_ends_soon() -> None:
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(9000))
    long_line = b"Content-Type: multipart/report; boundary=x\n\n--x\n" + b"a" * 3_000_000
    many_ids = bounce(message_id="<a@b> " * 100_000)
    began = time.thread_time()

    assert parse_report(nested) is None
    assert parse_report(long_line) is None
    parse_report(many_ids)

    assert time.thread_time() - began < 2


@given(st.binary(max_size=400), st.integers(0, 900), st.integers(0, 200))
def test_no_bytes_make_it_fail(noise: bytes, at: int, cut: int) -> None:
    body = bounce()

    parse_report(noise)
    parse_report(body[:at] + noise + body[at + cut :])
