"""A source whose pages are built otherwise than before: told in words, read on, accepted by a person."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from ingest.models import PageLayout, Poll
from ingest.services import accept_layout
from ingest.templatetags.source_words import layout_words
from portal.accounts.models import User
from tests.factories.ingest import SourceFactory
from tests.integration.fetching.conftest import Upstream
from tests.integration.ingest.test_alarms import LISTING, ROW, Polled, listing
from tests.integration.signing_in import SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_this_machine")]


@pytest.fixture
def polled(upstream: Upstream, noon: datetime) -> Polled:
    source = SourceFactory.create(
        address=f"{upstream.address}/nicgep/app?page=FrontEndListTendersbyDate", poll_every_minutes=15
    )
    return Polled(source, upstream, noon)


def with_fee(rows: int) -> bytes:
    """The same list with a column more, which we don't need."""
    written = "".join(ROW.format(n=n, id=91000 + n) for n in range(rows))
    page = LISTING.format(title="Title and Ref.No./Tender ID", rows=written)
    page = page.replace("<td>Organisation Chain</td>", "<td>Organisation Chain</td><td>Bid fee</td>")
    return page.replace("Limited</td>", "Limited</td><td>500</td>").encode()


def alarming() -> list[str]:
    return [layout_words(layout) for layout in PageLayout.objects.alarming()]


def test_a_layout_is_remembered_with_when_it_was_seen(polled: Polled) -> None:
    polled.saying(listing(12))
    first = polled.now
    polled.saying(listing(12))

    layout = PageLayout.objects.get()
    assert (layout.first_seen_at, layout.last_seen_at) == (first, polled.now)
    assert (layout.settled_at, layout.settled_by, layout.alarmed_at) == (first, None, None)


def test_other_tenders_under_the_same_headings_are_no_new_layout(polled: Polled) -> None:
    for rows in (12, 40, 3, 0):
        polled.saying(listing(rows))

    assert PageLayout.objects.count() == 1
    assert alarming() == []


def test_a_new_column_alarms_and_what_can_be_read_is_read(polled: Polled) -> None:
    polled.saying(listing(12))
    source = polled.saying(with_fee(13))

    assert alarming() == ["The list of tenders is built in another way. New: Bid fee."]
    assert Poll.objects.latest("pk").notices == 13
    assert source.alarm == ""


def test_a_lost_column_alarms_beside_the_rows_it_costs(polled: Polled) -> None:
    polled.saying(listing(12))
    source = polled.saying(listing(12, title="Work"))

    assert source.alarm == "few_rows"
    assert alarming() == [
        "The list of tenders is built in another way. New: Work. Lost: Title and Ref.No./Tender ID."
    ]


def test_the_alarm_goes_on_until_pages_look_as_before(polled: Polled) -> None:
    polled.saying(listing(12))
    polled.saying(with_fee(12))
    since = polled.now
    for _ in range(3):
        polled.saying(with_fee(12))
    assert PageLayout.objects.alarming().get().alarmed_at == since

    polled.saying(listing(12))
    assert alarming() == []

    polled.saying(with_fee(12))
    assert len(alarming()) == 1, "it was never accepted"


def test_accepting_a_layout_ends_the_alarm_and_says_who_and_when(polled: Polled, olga: User) -> None:
    polled.saying(listing(12))
    polled.saying(with_fee(12))
    layout = PageLayout.objects.alarming().get()

    accept_layout(layout.pk, by=olga, now=polled.now)
    accept_layout(layout.pk, by=olga, now=timezone.now())
    polled.saying(with_fee(14))
    polled.saying(listing(12))

    layout.refresh_from_db()
    assert (layout.settled_by, layout.settled_at) == (olga, layout.last_seen_at.replace(minute=30))
    assert alarming() == []


def test_the_office_reads_it_in_words_and_accepts_it(polled: Polled, olga: User, as_: SignIn) -> None:
    polled.saying(listing(12))
    polled.saying(with_fee(12))
    layout = PageLayout.objects.alarming().get()

    for path in ("/office/sources/", "/office/inbox/", f"/office/inbox/?item=layout-{layout.pk}"):
        assert "built in another way. New: Bid fee." in as_(olga).get(path).content.decode()
    page = as_(olga).post(f"/office/layouts/{layout.pk}/accept/", follow=True).content.decode()

    assert "Olga Öberg accepted its layout" in page
    assert "Bid fee" not in page
    assert as_(olga).get(f"/office/inbox/?item=layout-{layout.pk}").status_code == 404
