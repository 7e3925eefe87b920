"""The ledger on a real database: it refuses to be changed, and is found out if it was all the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from matching.services import answer_partner
from opportunities.chain import Entry, Flaw, LedgerKind
from opportunities.models import LedgerEntry
from opportunities.parsed_notice import NoticeKind
from opportunities.selectors import examine_ledger, ledger_head
from opportunities.services import (
    About,
    admit_company,
    disclose_opportunity,
    merge_opportunities,
    record_notice,
    refuse_company,
    split_opportunity,
    supersede_notices,
    withdraw_disclosure,
    write_entries,
    write_ledger,
)
from portal.accounts.models import Company, User
from portal.dashboards.own_data.erase import erase_company
from tests.at_once import at_once
from tests.factories.accounts import CompanyFactory, RegistrationFactory
from tests.factories.matching import PartnerRequestFactory
from tests.factories.notices import parsed_notice
from tests.factories.opportunities import OpportunityFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def told() -> list[tuple[int, str]]:
    return list(LedgerEntry.objects.values_list("number", "kind"))


@pytest.fixture
def five_lines(olga: User, noon: datetime) -> None:
    write_entries([Entry("disclosed", noon, olga.pk, opportunity=n, because=f"Nr {n}") for n in range(5)])


def test_each_line_holds_the_seal_of_the_one_before(olga: User, noon: datetime) -> None:
    first = write_ledger(
        LedgerKind.EXCEPTED, by=olga, now=noon, about=About(company=3), details={"ä": ["₹", 1, None]}
    )
    second = write_ledger(LedgerKind.IMPERSONATED, by=None, now=noon, about=About(company=3), because="Åh")

    assert (first.number, second.number, second.previous) == (1, 2, first.seal)
    assert ledger_head() == (2, second.seal)
    assert examine_ledger(head=first.seal).flaw is None


@pytest.mark.usefixtures("five_lines")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE opportunities_ledgerentry SET because = 'forged'",
        "DELETE FROM opportunities_ledgerentry",
        "TRUNCATE opportunities_ledgerentry",
    ],
)
def test_the_database_refuses_to_change_a_line(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE opportunities_ledgerentry ENABLE TRIGGER ledger_keeps_all")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(statement)


@pytest.mark.usefixtures("five_lines")
@pytest.mark.parametrize(
    ("statement", "flaw", "number"),
    [
        ("UPDATE opportunities_ledgerentry SET because = 'forged' WHERE number = 3", Flaw.ALTERED, 3),
        ("UPDATE opportunities_ledgerentry SET details = '{\"a\": 1}' WHERE number = 1", Flaw.ALTERED, 1),
        ("DELETE FROM opportunities_ledgerentry WHERE number = 2", Flaw.MISSING, 3),
        (
            "UPDATE opportunities_ledgerentry SET number = number + 100 WHERE number IN (2, 4);"
            "UPDATE opportunities_ledgerentry SET number = 106 - number WHERE number > 100",
            Flaw.UNBOUND,
            2,
        ),
        ("DELETE FROM opportunities_ledgerentry WHERE number = 5", Flaw.CUT, None),
    ],
)
def test_what_is_done_behind_its_back_is_found(statement: str, flaw: Flaw, number: int | None) -> None:
    _, head = ledger_head()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE opportunities_ledgerentry DISABLE TRIGGER ledger_keeps_its_lines")
        cursor.execute(statement)

    found = examine_ledger(head=head)

    assert (found.flaw, found.number) == (flaw, number)


@pytest.mark.usefixtures("five_lines")
def test_the_command_says_what_it_found() -> None:
    out = StringIO()
    call_command("ledger", "head", stdout=out)
    number, head = out.getvalue().split()
    call_command("ledger", "verify", head=head, stdout=out)

    assert number == "5"
    assert "5 entries, each as it was written." in out.getvalue()
    with pytest.raises(CommandError, match="cut off"):
        call_command("ledger", "verify", head="f" * 64)


@pytest.mark.django_db(transaction=True)
def test_eight_writers_leave_no_gap(olga: User, noon: datetime) -> None:
    def write(number: int) -> None:
        with transaction.atomic():
            write_ledger(LedgerKind.PREVIEWED, by=olga, now=noon, about=About(opportunity=number))

    at_once(write, range(24))

    assert [number for number, _ in told()] == list(range(1, 25))
    assert examine_ledger().flaw is None


def test_what_is_undone_leaves_no_line(olga: User, noon: datetime) -> None:
    with transaction.atomic():
        write_ledger(LedgerKind.PREVIEWED, by=olga, now=noon, about=About())
        transaction.set_rollback(True)

    assert told() == []


# What is told in it


def test_disclosing_and_withdrawing_are_told(olga: User, noon: datetime) -> None:
    hidden = OpportunityFactory.create(disclosed_from=None)

    disclose_opportunity(hidden.pk, from_=noon + HOUR, by=olga, now=noon)
    disclose_opportunity(hidden.pk, from_=noon + 2 * HOUR, by=olga, now=noon)
    withdraw_disclosure(hidden.pk, by=olga, now=noon)
    withdraw_disclosure(hidden.pk, by=olga, now=noon)

    lines = LedgerEntry.objects.values_list("kind", "by", "opportunity", "visible_from")
    assert list(lines) == [
        ("disclosed", olga.pk, hidden.pk, noon + HOUR),
        ("corrected", olga.pk, hidden.pk, noon + 2 * HOUR),
        ("withdrawn", olga.pk, hidden.pk, None),
    ]


def test_what_a_portal_publishes_is_told_only_where_it_was_held_back(noon: datetime) -> None:
    record_notice(parsed_notice(1, kind=NoticeKind.PLANNING), seen_at=noon, now=noon)
    tendered = record_notice(parsed_notice(2), seen_at=noon, now=noon)
    record_notice(parsed_notice(3, process_id="another"), seen_at=noon, now=noon)

    line = LedgerEntry.objects.get()
    assert (line.kind, line.by, line.opportunity_id) == ("disclosed", None, tendered.opportunity_id)
    assert line.details == {"follows_from": "tender"}


def test_what_no_document_says_any_more_is_told_as_withdrawn(noon: datetime) -> None:
    notice = record_notice(parsed_notice(1), seen_at=noon, now=noon)

    supersede_notices([notice.pk], now=noon)

    assert told() == [(1, "withdrawn")]


def test_merging_and_splitting_tell_what_follows_from_them(olga: User, noon: datetime) -> None:
    one, other = (
        record_notice(parsed_notice(n, process_id=f"{n}", kind=NoticeKind.PLANNING), seen_at=noon, now=noon)
        for n in (1, 2)
    )
    disclose_opportunity(one.opportunity_id, from_=noon + HOUR, by=olga, now=noon)

    merge = merge_opportunities(one.opportunity_id, other.opportunity_id, by=olga, now=noon)
    assert merge is not None
    split_opportunity(merge.pk, by=olga, now=noon)

    follows = LedgerEntry.objects.order_by("number").values_list("kind", "details__follows_from")
    assert list(follows) == [("disclosed", None), ("withdrawn", "merge"), ("disclosed", "split")]


def test_names_that_two_companies_tell_each_other_are_told_to_each_in_a_line_of_its_own(
    charlie: User, noon: datetime
) -> None:
    asked, declined = PartnerRequestFactory.create_batch(2)

    for _ in range(2):
        answer_partner(asked.pk, has_agreed=True, by=charlie, now=noon)
    answer_partner(declined.pk, has_agreed=False, by=charlie, now=noon)

    lines = LedgerEntry.objects.order_by("number").values_list("kind", "company", "by")
    assert list(lines) == [
        ("names-revealed", asked.asking.company_id, asked.asked_by_id),
        ("names-revealed", asked.asked.company_id, charlie.pk),
    ]


def test_who_becomes_a_member_is_told_once_with_what_rules_find_it_by(olga: User, noon: datetime) -> None:
    drafted = CompanyFactory.create(approved_at=None, domains=["lighting"], region="12")
    registration = RegistrationFactory.create(company=drafted, organisation_number="4020000016")

    assert [admit_company(registration.pk, by=olga, now=noon) for _ in range(2)] == [True, False]

    line = LedgerEntry.objects.get()
    assert (line.kind, line.company_id, line.by_id, line.at) == ("admitted", drafted.pk, olga.pk, noon)
    assert line.details == {"domains": ["lighting"], "region": "12"}


def test_a_person_who_joins_a_member_or_may_not_leaves_no_line(olga: User, noon: datetime) -> None:
    CompanyFactory.create(organisation_number="4020000016")
    joins, refused = RegistrationFactory.create_batch(
        2, company=None, organisation_number="4020000016", confirmed_at=noon
    )

    admit_company(joins.pk, by=olga, now=noon)
    refuse_company(refused.pk, because="Nobody there knows her.", by=olga, now=noon)

    assert told() == []


def test_who_is_kept_out_and_who_leaves_is_told_by_number_alone(
    vallar: Company, alice: User, olga: User, noon: datetime
) -> None:
    drafted = CompanyFactory.create(approved_at=None)
    registration = RegistrationFactory.create(company=drafted, organisation_number="4020000016")
    refused_number, left_number = drafted.pk, vallar.pk

    refuse_company(registration.pk, because="We couldn't reach Nora Nyberg.", by=olga, now=noon)
    erase_company(vallar, by=alice, now=noon + HOUR)

    lines = LedgerEntry.objects.order_by("number").values_list("kind", "company", "by", "because")
    assert list(lines) == [
        ("refused", refused_number, olga.pk, ""),
        ("left", left_number, alice.pk, ""),
    ]
    assert examine_ledger().flaw is None
