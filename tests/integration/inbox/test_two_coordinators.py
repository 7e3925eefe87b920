"""Two at the office act upon the same thing: one does, the other is told, and nothing written is lost."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import OperationalError, connection, transaction

from opportunities.models import Disclosure
from portal.accounts.models import User
from portal.dashboards.deeds import disclosing
from portal.dashboards.handling import ChangedMeanwhile, Hand, NoLongerWaits, handle
from portal.dashboards.models import Case, CaseEntry
from tests.at_once import at_once, held_by_another
from tests.factories.ingest import QuarantinedPartFactory
from tests.integration.inbox.lines import hidden_opportunity, opened, said_in, seen_in, told_more
from tests.integration.signing_in import SignIn


@pytest.mark.django_db
def test_whoever_comes_second_reads_what_the_first_did_and_keeps_what_was_written(
    olga: User, oskar: User, as_: SignIn
) -> None:
    part = QuarantinedPartFactory.create()
    address = f"/office/inbox/part-{part.pk}/settle/"
    seen = seen_in(opened(as_(olga), f"part-{part.pk}"))
    as_(oskar).post(address, {"because": "A page heading", "seen": seen})

    answer = as_(olga).post(address, {"because": "Nothing but a footer", "seen": seen})

    part.refresh_from_db()
    said = said_in(answer.content)
    assert (answer.status_code, part.settled_by) == (409, oskar)
    assert "A colleague was faster." in said
    assert "Oskar Ohlsson settled it: A page heading" in said
    assert "Nothing but a footer" in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        (("remark/", {"remark": "Wait: the council meets on Friday"}), "the council meets on Friday"),
        (("give/", {"me": "1"}), "Oskar Ohlsson took it"),
    ],
)
def test_what_a_colleague_wrote_or_took_since_is_read_first(
    meanwhile: tuple[str, dict[str, str]], told: str, olga: User, oskar: User, as_: SignIn
) -> None:
    poles = hidden_opportunity()
    key = f"undisclosed-{poles.pk}"
    seen = seen_in(opened(as_(olga), key))
    path, sent = meanwhile
    as_(oskar).post(f"/office/inbox/{key}/{path}", sent)

    answer = as_(olga).post(f"/office/inbox/{key}/settle/", {"because": "Too vague yet", "seen": seen})

    said = said_in(answer.content)
    assert answer.status_code == 409
    assert told in said
    assert 'value="Too vague yet"' in answer.content.decode()
    again = as_(olga).post(
        f"/office/inbox/{key}/settle/",
        {"because": "Too vague yet", "seen": seen_in(opened(as_(olga), key))},
        follow=True,
    )
    assert "Set aside" in again.content.decode()


@pytest.mark.django_db
def test_a_new_notice_is_read_before_anything_is_disclosed(olga: User, as_: SignIn) -> None:
    poles = hidden_opportunity()
    seen = seen_in(opened(as_(olga), f"undisclosed-{poles.pk}"))
    told_more(poles)

    answer = as_(olga).post(
        f"/office/inbox/disclose/{poles.pk}/", {"from_": "2099-01-12T09:00", "seen": seen}
    )

    poles.refresh_from_db()
    assert (answer.status_code, poles.disclosed_from) == (409, None)
    assert "What is read has changed" in answer.content.decode()
    assert 'value="2099-01-12T09:00"' in answer.content.decode()


@pytest.mark.django_db
def test_what_was_dealt_with_is_told_when_it_is_opened(olga: User, oskar: User, as_: SignIn) -> None:
    part = QuarantinedPartFactory.create()
    as_(oskar).post(f"/office/inbox/part-{part.pk}/settle/", {"because": "A page heading"})

    answer = as_(olga).get(f"/office/inbox/?item=part-{part.pk}")

    assert answer.status_code == 404
    assert "Oskar Ohlsson settled it: A page heading" in said_in(answer.content)


@pytest.mark.django_db(transaction=True)
def test_of_eight_that_disclose_at_once_one_does(olga: User, noon: datetime) -> None:
    poles = hidden_opportunity()
    key = f"undisclosed-{poles.pk}"

    def disclose(_: int) -> str:
        try:
            handle(key, disclosing(None), hand=Hand(olga, noon, "0.1"))
        except (NoLongerWaits, ChangedMeanwhile) as clash:
            return type(clash).__name__
        return "done"

    outcomes = at_once(disclose, range(8))

    assert sorted(outcomes) == ["NoLongerWaits"] * 7 + ["done"]
    assert (Disclosure.objects.count(), CaseEntry.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_whoever_acts_waits_for_a_colleague_who_is_at_it(olga: User, noon: datetime) -> None:
    poles = hidden_opportunity()
    case = Case.objects.create(kind="undisclosed", about=poles.pk)

    rows = Case.objects.filter(pk=case.pk)
    with held_by_another(rows, no_key=True), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '100ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            handle(case.key, disclosing(None), hand=Hand(olga, noon))

    poles.refresh_from_db()
    assert poles.disclosed_from is None


@pytest.mark.django_db
def test_what_fails_leaves_no_entry(olga: User, noon: datetime) -> None:
    poles = hidden_opportunity()
    told_more(poles)

    with transaction.atomic(), pytest.raises(ChangedMeanwhile):
        handle(f"undisclosed-{poles.pk}", disclosing(None), hand=Hand(olga, noon, "0.1"))

    assert CaseEntry.objects.count() == 0
