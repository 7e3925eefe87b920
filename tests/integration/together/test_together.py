"""Notes and shares: said once, kept, and never past the company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from celery import current_app
from django.core import mail

from matching.delivery.share import send_share
from matching.models import Note, Share
from matching.selectors import Reader
from matching.services import NotAColleague, remove_note, share_opportunity, write_note
from matching.tasks import send_pending_shares
from opportunities.models import Opportunity
from portal.accounts.models import Company, Membership, User
from tests.at_once import at_once, held_by_another
from tests.factories.opportunities import OpportunityFactory


@pytest.fixture
def sensors(db: None, noon: datetime) -> Opportunity:
    return OpportunityFactory.create(disclosed_from=noon)


@pytest.fixture
def at_once_and_here() -> Iterator[None]:
    """Tasks are done where they are called."""
    current_app.conf.update(task_always_eager=True)
    yield
    current_app.conf.update(task_always_eager=False)


@pytest.fixture
def reader(alice: User, vallar: Company) -> Reader:
    return Reader(alice, vallar)


@pytest.fixture
def share(sensors: Opportunity, reader: Reader, bob: User, noon: datetime) -> Share:
    return share_opportunity(sensors.pk, by=reader, to=bob, message="Ours?", now=noon)


def test_a_note_twice_is_once_and_others_may_say_the_same(
    sensors: Opportunity, reader: Reader, bob: User, noon: datetime
) -> None:
    for by in (reader, reader, Reader(bob, reader.company)):
        write_note(sensors.pk, "Ask for the BoQ", by=by, now=noon)

    assert [note.by for note in Note.objects.order_by("pk")] == [reader.person, bob]


def test_a_note_that_is_removed_is_kept_and_can_be_written_anew(
    sensors: Opportunity, reader: Reader, noon: datetime
) -> None:
    note = write_note(sensors.pk, "Ask", by=reader, now=noon)

    remove_note(note.pk, by=reader, now=noon)
    remove_note(note.pk, by=reader, now=noon + timedelta(hours=1))
    write_note(sensors.pk, "Ask", by=reader, now=noon)

    assert [note.removed_at for note in Note.objects.order_by("pk")] == [noon, None]


def test_another_company_can_t_remove_it(
    sensors: Opportunity, reader: Reader, charlie: User, noon: datetime
) -> None:
    note = write_note(sensors.pk, "Ask", by=reader, now=noon)

    remove_note(note.pk, by=Reader(charlie, charlie.companies.get()), now=noon)

    assert Note.objects.standing().exists()


@pytest.mark.django_db(transaction=True)
def test_eight_forms_at_once_leave_one_note_and_one_mail(
    sensors: Opportunity, reader: Reader, bob: User, noon: datetime
) -> None:
    at_once(lambda _: write_note(sensors.pk, "Ask", by=reader, now=noon), range(8))
    at_once(lambda _: share_opportunity(sensors.pk, by=reader, to=bob, message="", now=noon), range(8))
    at_once(lambda _: send_share(Share.objects.get().pk, now=noon), range(8))

    assert (Note.objects.count(), Share.objects.count(), len(mail.outbox)) == (1, 1, 1)


def test_only_colleagues_are_written_to(
    sensors: Opportunity, reader: Reader, charlie: User, noon: datetime
) -> None:
    for stranger in (charlie, reader.person):
        with pytest.raises(NotAColleague):
            share_opportunity(sensors.pk, by=reader, to=stranger, message="", now=noon)

    assert not Share.objects.exists()


def test_the_mail_is_sent_once_in_the_colleague_s_language_and_answered_to_the_sender(
    share: Share, sensors: Opportunity, reader: Reader, bob: User, noon: datetime
) -> None:
    assert share_opportunity(sensors.pk, by=reader, to=bob, message="Ours?", now=noon) == share
    assert [send_share(share.pk, now=noon) for _ in range(2)] == [True, False]

    (message,) = mail.outbox
    assert message.to == ["bob@example.org"]
    assert message.reply_to == ["alice@example.org"]
    assert message.subject.startswith("Alice Ahlgren visar dig: Supply and commissioning")
    assert "Ours?" in message.body
    assert f"/opportunities/{sensors.pk}/" in message.body
    assert message.extra_headers["Message-ID"].startswith(f"<share-{share.pk}.")


@pytest.mark.parametrize("gone", ["colleague", "person", "opportunity"])
def test_what_may_not_be_told_any_more_is_not_sent(
    gone: str, share: Share, bob: User, noon: datetime
) -> None:
    if gone == "colleague":
        Membership.objects.filter(user=bob).delete()
    elif gone == "person":
        User.objects.filter(pk=bob.pk).update(is_active=False)
    else:
        Opportunity.objects.update(disclosed_from=noon + timedelta(hours=1))

    assert send_share(share.pk, now=noon) is False

    share.refresh_from_db()
    assert (share.sent_at, mail.outbox) == (None, [])
    assert share.dropped_because


def test_a_title_of_two_lines_makes_one_subject_line(share: Share, noon: datetime) -> None:
    Opportunity.objects.update(title="Sensors\nBcc: all@example.org")

    send_share(share.pk, now=noon)

    assert "\n" not in mail.outbox[0].subject


@pytest.mark.django_db(transaction=True)
def test_a_sender_leaves_what_another_has(share: Share, noon: datetime) -> None:
    with held_by_another(Share.objects.all()):
        assert send_share(share.pk, now=noon) is False

    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("at_once_and_here")
def test_the_sweep_sends_what_is_owed(share: Share) -> None:
    send_pending_shares()

    share.refresh_from_db()
    assert share.sent_at is not None
