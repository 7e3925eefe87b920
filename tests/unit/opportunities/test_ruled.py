from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from opportunities.parsed_notice import NoticeKind, ParsedNotice
from opportunities.ruled import Ruled, RuledFact, RuledRequirement, as_ruled
from portal.lib.money import Money
from tests.factories.notices import asking, parsed_notice
from tests.factories.requirements import crore, turnover
from tests.unit.opportunities.test_unsure import GUESSED
from tests.unit.opportunities.test_unsure import standing as unruled


def standing(*notices: ParsedNotice, rulings: tuple[Ruled, ...]) -> tuple[object, object, set[str]]:
    return unruled(*(as_ruled(notice, rulings) for notice in notices))


def ruled(value: Money | None) -> RuledFact:
    return RuledFact("N", "value", crore(42), value)


def test_what_the_office_confirms_is_sure() -> None:
    assert standing(GUESSED, rulings=(ruled(crore(42)),)) == ("Sensors", crore(42), set())


def test_what_the_office_corrects_is_what_it_says() -> None:
    assert standing(GUESSED, rulings=(ruled(crore(24)),))[1] == crore(24)


def test_what_the_office_settles_states_nothing() -> None:
    assert standing(GUESSED, rulings=(ruled(None),))[1:] == (None, set())


def test_the_last_ruling_stands() -> None:
    assert standing(GUESSED, rulings=(ruled(crore(24)), ruled(crore(42))))[1] == crore(42)


def test_a_correction_holds_when_the_same_is_read_again_elsewhere() -> None:
    again = replace(GUESSED, notice_id="LATER")

    assert standing(GUESSED, again, rulings=(ruled(crore(24)),))[1] == crore(24)


def test_a_correction_loses_to_a_later_publication_that_says_otherwise() -> None:
    later = parsed_notice(6, kind=NoticeKind.CORRIGENDUM, value=crore(50))

    assert standing(GUESSED, later, rulings=(ruled(crore(24)),))[1] == crore(50)


def test_words_that_could_not_be_read_may_be_read_by_a_person() -> None:
    unread = parsed_notice(1, notice_id="N", title="Sensors")
    read = RuledFact("N", "value", None, Money(Decimal(7), "INR"))

    assert standing(unread, rulings=(read,))[1] == Money(Decimal(7), "INR")
    assert standing(replace(unread, notice_id="OTHER"), rulings=(read,))[1] is None


def test_a_requirement_is_confirmed_corrected_or_dropped() -> None:
    unsure = turnover(15, confidence=0.7)
    notice = asking(parsed_notice(notice_id="N"), unsure)

    def requirements(value: object) -> list[tuple[object, float]]:
        ruling = RuledRequirement("N", unsure, value)  # type: ignore[arg-type]
        return [(one.amount, one.confidence) for one in as_ruled(notice, [ruling]).requirements]

    assert requirements(unsure) == [(crore(15), 1.0)]
    assert requirements(replace(unsure, amount=crore(8))) == [(crore(8), 1.0)]
    assert requirements(None) == []
