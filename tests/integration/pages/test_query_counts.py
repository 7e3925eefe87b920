"""A page asks as many questions for a hundred rows as for one, and at most twelve."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ingest.models import Extraction, Source
from matching.models import Delivery, Match
from portal.accounts.models import User
from tests.factories.ingest import (
    ExtractionFactory,
    PageLayoutFactory,
    PollFactory,
    QuarantinedPartFactory,
    RawDocumentFactory,
)
from tests.factories.matching import DeliveryFactory, DigestRunFactory, FollowFactory, MatchFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory
from tests.factories.world import World
from tests.integration.signing_in import SignIn

MOST = 12


def more_matches(world: World) -> None:
    for _ in range(8):
        match = MatchFactory.create(profile=world.profile)
        notice = NoticeFactory.create(opportunity=match.opportunity)
        OpportunityRevisionFactory.create(notice=notice, number=2)


def more_followed(world: World) -> None:
    for _ in range(8):
        FollowFactory.create(company=world.profile.company)


def more_waiting(world: World) -> None:
    del world
    for _ in range(8):
        OpportunityFactory.create(disclosed_from=None)
        QuarantinedPartFactory.create()
        RawDocumentFactory.create(rejected_because="not a page we know")
        ExtractionFactory.create(doubts=[["value", "row 1", "about 2 Cr", "which amount?"]])


def more_sources(world: World) -> None:
    del world
    for _ in range(8):
        poll = PollFactory.create(source__alarm="few_rows", source__opened_at=timezone.now())
        PageLayoutFactory.create(source=poll.source)


def more_mail(world: World) -> None:
    recipient = Delivery.objects.all()[0].recipient
    for year in range(2015, 2023):
        run = DigestRunFactory.create(period=timezone.now().date().replace(year=year, day=1))
        DeliveryFactory.create(run=run, recipient=recipient)
    del world


def more_history(world: World) -> None:
    for number in range(4, 12):
        notice = NoticeFactory.create(opportunity=world.sensors)
        OpportunityRevisionFactory.create(notice=notice, number=number, changes=_title_changed())
        ExtractionFactory.create(notice=notice)


def _title_changed() -> list[dict[str, str]]:
    return [{"field": "title", "before": "Sensors", "after": "Smart sensors"}]


@pytest.mark.parametrize(
    ("who", "path", "more"),
    [
        ("alice", "/matches/", more_matches),
        ("alice", "/matches/?q=sensors&state=MH&stage=tender&sort=deadline", more_matches),
        ("alice", "/opportunities/{sensors}/", more_history),
        ("olga", "/office/inbox/", more_waiting),
        ("olga", "/office/inbox/?item=undisclosed-{poles}", more_waiting),
        ("olga", "/office/inbox/?item=notice-{doubted}", more_waiting),
        ("olga", "/office/columns/", more_waiting),
        ("olga", "/office/merges/", more_waiting),
        ("olga", "/office/replays/", more_waiting),
        ("olga", "/opportunities/{sensors}/", more_history),
        ("alice", "/matches/dismissed/", more_matches),
        ("alice", "/followed/", more_followed),
        ("alice", "/partners/", more_matches),
        ("olga", "/office/sources/", more_sources),
        ("olga", "/office/mail/", more_mail),
    ],
)
def test_the_number_of_questions_does_not_grow(
    who: str,
    path: str,
    more: Callable[[World], None],
    world: World,
    request: pytest.FixtureRequest,
    olga: User,
    as_: SignIn,
) -> None:
    client = as_(request.getfixturevalue(who))
    doubted = Extraction.objects.exclude(doubts=[]).latest("pk")
    path = path.format(sensors=world.sensors.pk, poles=world.poles.pk, doubted=doubted.pk)

    with CaptureQueriesContext(connection) as few:
        assert client.get(path).status_code == 200
    more(world)
    with CaptureQueriesContext(connection) as many:
        assert client.get(path).status_code == 200

    assert len(many) == len(few)
    assert len(many) <= MOST


def test_the_lists_do_grow(world: World) -> None:
    """Or the counts above would prove nothing."""
    before = (Match.objects.count(), Source.objects.count(), Delivery.objects.count())

    more_matches(world)
    more_sources(world)
    more_mail(world)

    after = (Match.objects.count(), Source.objects.count(), Delivery.objects.count())
    assert [late - early for late, early in zip(after, before, strict=True)] == [8, 8, 8]
