from __future__ import annotations

import re
from datetime import date, datetime
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from matching.models import Match, Recipient, Subscription
from matching.scoring.records import Evidence, Part, Verdict
from matching.scoring.serialization import parts_to_json
from opportunities.parsed_notice import Stage
from portal.accounts.models import User
from tests.integration.delivery.world import DAY, add_match, move_deadline, owe_and_send

TODAY = date(2026, 11, 20)
CLOSES = datetime.fromisoformat("2026-12-08T15:00:00+05:30")
PARTS = (
    Part("domain", 40, 60, Verdict.FITS, (Evidence("SCADA", "styrsystem", "scada"),)),
    Part("words", 12, 25, Verdict.FITS, (Evidence("sensors", "sensor"), Evidence("leakage", "leakage"))),
    Part("value_band", -4, 8, Verdict.GAP, (), (("value", "INR 845000000"), ("to", "INR 50000000"))),
    Part("place", 7, 7, Verdict.FITS, (), (("state", "MH"),)),
)


class Tags(HTMLParser):
    """The opening tags of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs)))


def html_of(message: object) -> str:
    assert isinstance(message, EmailMultiAlternatives)
    return str(message.alternatives[0][0])


def test_the_text_is_complete(subscription: Subscription, noon: datetime) -> None:
    match = add_match(
        subscription.profile, now=noon, title="Sensors & <ICCC>", submission_deadline=CLOSES, score=81
    )
    Match.objects.update(parts=parts_to_json(PARTS))

    owe_and_send(TODAY, now=noon)

    text = str(mail.outbox[0].body)
    for expected in (
        "Sensors & <ICCC>",
        "81 of 100",
        "Open tender · Pune · Maharashtra",
        "Buyer: Pune Smart City Development Corporation Ltd",
        "Bids close: Tue 8 Dec 2026, 10:30 Swedish time (15:00 IST)",
        "Value: ₹\u00a084.5\u00a0crore",
        "Field: SCADA",
        "Wording: sensors · leakage",
        "Place: in Maharashtra, which you prefer",
        f"http://localhost:8000/opportunities/{match.opportunity_id}/",
        "http://localhost:8000/mail/view/",
        "http://localhost:8000/mail/unsubscribe/",
        "1 crore is 10 million.",
        "you subscribe to the following, on working days when there is something to tell:\n\n* Water\n",
    ):
        assert expected in text
    assert "\n\n\n" not in text


def test_what_is_not_stated_is_said_to_be_so(subscription: Subscription, noon: datetime) -> None:
    add_match(
        subscription.profile,
        now=noon,
        stage="",
        buyer_name="",
        value_amount=None,
        value_currency="",
        submission_deadline=None,
    )

    owe_and_send(TODAY, now=noon)

    for body in (str(mail.outbox[0].body), html_of(mail.outbox[0])):
        assert "Buyer: not stated" in body
        assert "Bids close: not stated" in body
        assert "Value: not stated" in body
        assert "crore" not in body


def test_nobody_misses_a_deadline_where_there_is_no_tender_yet(
    subscription: Subscription, noon: datetime
) -> None:
    add_match(subscription.profile, now=noon, stage=Stage.DPR, submission_deadline=None)

    owe_and_send(TODAY, now=noon)

    for body in (str(mail.outbox[0].body), html_of(mail.outbox[0])):
        assert "Buyer:" in body
        assert "Bids close" not in body


def test_the_html_is_in_order(subscription: Subscription, noon: datetime) -> None:
    add_match(subscription.profile, now=noon, title="Sensors & <ICCC>")
    Match.objects.update(parts=parts_to_json(PARTS))

    owe_and_send(TODAY, now=noon)

    page = html_of(mail.outbox[0])
    opened = Tags(page).opened
    names = [tag for tag, _ in opened]
    assert "Sensors &amp; &lt;ICCC&gt;" in page
    assert dict(opened)["html"]["lang"] == "en"
    assert [tag for tag in names if tag in {"h1", "h2", "h3"}] == ["h1", "h2", "h3"]
    # Nothing is loaded from anywhere
    assert not set(names) & {"img", "script", "link", "iframe"}
    assert all(attributes.get("role") == "presentation" for tag, attributes in opened if tag == "table")


def test_swedish_readers_get_swedish(subscription: Subscription, bob: User, noon: datetime) -> None:
    Recipient.objects.update(user=bob)
    match = add_match(subscription.profile, now=noon, title="Smart poles", submission_deadline=CLOSES)
    add_match(subscription.profile, now=noon, title="Depot", stage=Stage.DPR, submission_deadline=None)
    Match.objects.update(parts=parts_to_json(PARTS))
    owe_and_send(TODAY, now=noon)
    move_deadline(match.opportunity, CLOSES + 7 * DAY)

    owe_and_send(TODAY + DAY, now=noon + DAY)

    first, second = mail.outbox
    assert first.subject == "1 ny upphandling, 1 projekt i tidigt skede – Smart poles"
    assert second.subject == "1 flyttad anbudsfrist – Smart poles"
    assert "tis 8 dec. 2026 kl. 10:30 svensk tid (15:00 IST)" in str(first.body)
    assert "₹\u00a084,5\u00a0crore" in str(first.body)
    assert "var tis 8 dec. 2026" in str(second.body)
    assert '<html lang="sv">' in html_of(first)
    assert '<a lang="en"' in html_of(first)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_fifty_matches_fit_in_100_kilobytes(
    subscription: Subscription, noon: datetime, language: str
) -> None:
    Recipient.objects.update(language=language)
    long = "Selection of a master system integrator for an integrated command and control centre, " * 6
    for _ in range(50):
        add_match(subscription.profile, now=noon, title=long, buyer_name=long)
    Match.objects.update(parts=parts_to_json(PARTS))

    owe_and_send(TODAY, now=noon)

    page = html_of(mail.outbox[0])
    assert page.count("<h3") == 50
    assert len(page.encode()) <= 100_000


def test_a_change_is_told_by_what_it_means_as_on_the_page(subscription: Subscription, noon: datetime) -> None:
    match = add_match(subscription.profile, now=noon, title="Sensors", submission_deadline=CLOSES)
    owe_and_send(TODAY, now=noon)
    move_deadline(match.opportunity, CLOSES + 7 * DAY)

    owe_and_send(TODAY + DAY, now=noon + DAY)

    for body in (str(mail.outbox[1].body), html_of(mail.outbox[1])):
        assert "You gain 7 days: bids close" in body


def test_what_a_full_mail_leaves_out_is_counted_and_led_to(
    subscription: Subscription, noon: datetime
) -> None:
    for rank in range(52):
        add_match(subscription.profile, now=noon, score=100 - rank)

    owe_and_send(TODAY, now=noon)

    list_of_all = f"http://localhost:8000/matches/?profile={subscription.profile_id}"
    assert f"and 2 more\n  {list_of_all}\n" in str(mail.outbox[0].body)
    assert re.search(rf'<a href="{re.escape(list_of_all)}"[^>]*>and 2 more</a>', html_of(mail.outbox[0]))


def test_a_mailbox_s_list_shows_more_than_the_subject_twice(
    subscription: Subscription, noon: datetime
) -> None:
    for score, title in ((90, "Sensors"), (80, "Pumps"), (70, "Meters")):
        add_match(subscription.profile, now=noon, title=title, score=score)

    owe_and_send(TODAY, now=noon)

    assert mail.outbox[0].subject.endswith("Sensors")
    assert 'overflow:hidden">Pumps · Meters</div>' in html_of(mail.outbox[0])
