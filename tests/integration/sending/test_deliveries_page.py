from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from matching.models import Delivery, MailPause
from portal.accounts.models import User
from tests.factories.matching import DeliveryFactory, DigestRunFactory

PAGE = "/office/deliveries/"


@pytest.fixture
def office(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


@pytest.fixture
def mails(db: None) -> list[Delivery]:
    """In time, late, in doubt, maybe twice, and not sent."""
    now = timezone.now()
    run = DigestRunFactory.create()
    before = {"run": run, "owed_at": now - timedelta(days=1)}
    return [
        DeliveryFactory.create(**before, sent_at=now - timedelta(days=1), subject="In time"),
        DeliveryFactory.create(**before, sent_at=now, subject="Late"),
        DeliveryFactory.create(**before, handed_at=now, subject="In doubt"),
        DeliveryFactory.create(**before, sent_at=before["owed_at"], doubts=1, subject="Twice"),
        DeliveryFactory.create(**before, dropped_because="the address is suppressed", subject="Dropped"),
    ]


@pytest.mark.usefixtures("mails")
@pytest.mark.parametrize(
    ("show", "subjects"),
    [
        ("waiting", ["In doubt"]),
        ("doubt", ["In doubt"]),
        ("twice", ["Twice"]),
        ("late", ["Late"]),
        ("dropped", ["Dropped"]),
        ("nonsense", ["Dropped", "Twice", "In doubt", "Late", "In time"]),
    ],
)
def test_each_number_leads_to_its_mails(office: Client, show: str, subjects: list[str]) -> None:
    page = office.get(PAGE, {"show": show})

    assert [message.subject for message in page.context["page"]] == subjects


@pytest.mark.usefixtures("mails")
def test_it_counts_in_few_queries(
    office: Client, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        state = office.get(PAGE).context["state"]

    assert (state.sent, state.waiting, state.in_doubt) == (3, 1, 1)
    assert (state.twice, state.late, state.dropped) == (1, 1, 1)


def test_mail_is_paused_for_a_reason_and_resumed(office: Client, olga: User) -> None:
    refused = office.post(f"{PAGE}pause/", {"because": " "})
    office.post(f"{PAGE}pause/", {"because": "Wrong deadlines in Kerala."})
    paused = office.get(PAGE).content.decode()
    office.post(f"{PAGE}resume/")
    resumed = office.get(PAGE).content.decode()

    assert refused.status_code == 422
    assert "All mail is paused" in paused
    assert "Wrong deadlines in Kerala." in paused
    assert "All mail is paused" not in resumed
    assert MailPause.objects.get().ended_by == olga
