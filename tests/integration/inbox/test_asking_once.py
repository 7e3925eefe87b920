"""What waits is asked for once in an act, and for the moment of that act."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ingest.models import QuarantinedPart
from portal.accounts.models import User
from portal.dashboards.waiting import WaitingKind, everything_waiting
from tests.factories.ingest import ExtractionFactory, QuarantinedPartFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db
# Under the lock, for the list, and what lies on the desk.
ASKED_IN_AN_ACT = 3


def test_an_act_asks_no_more_than_it_must(olga: User, as_: SignIn) -> None:
    first, second = QuarantinedPartFactory.create(), QuarantinedPartFactory.create()
    sent = {"because": "A heading", "next": f"part-{first.pk}"}
    htmx = {"HX-Request": "true", "HX-Target": "inbox"}
    office = as_(olga)

    with CaptureQueriesContext(connection) as asked:
        answer = office.post(f"/office/inbox/part-{second.pk}/settle/", sent, headers=htmx)

    about_parts = [
        query["sql"]
        for query in asked
        if f'FROM "{QuarantinedPart._meta.db_table}"' in query["sql"] and "FOR UPDATE" not in query["sql"]
    ]
    assert f'data-item="part-{first.pk}"' in answer.content.decode()
    assert len(about_parts) == ASKED_IN_AN_ACT


def test_each_list_is_of_its_own_moment(noon: datetime) -> None:
    later = noon + timedelta(days=1)
    poles = OpportunityFactory.create(disclosed_from=later, submission_deadline=None)
    ExtractionFactory.create(notice=NoticeFactory.create(opportunity=poles), asks_since=noon)

    seen = [[line.kind for line in everything_waiting(at=at)] for at in (noon, later, noon)]

    assert seen == [[], [WaitingKind.UNSURE], []]
