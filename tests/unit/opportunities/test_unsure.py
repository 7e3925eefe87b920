from __future__ import annotations

from dataclasses import replace

from opportunities.compile import SeenNotice, compile_standing
from opportunities.parsed_notice import FieldOrigin, NoticeKind, ParsedNotice, unsure_facts
from tests.factories.notices import parsed_notice
from tests.factories.requirements import crore
from tests.unit.opportunities.test_compile import SEEN_AT

FULL = "Supply, installation and five years' service of 400 sensors"
CUT = parsed_notice(3, notice_id="LIST", title="Supply, installation and five ye")
GUESSED = replace(
    parsed_notice(1, notice_id="N", title="Sensors", value=crore(42)), unsure=frozenset({"value"})
)


def standing(*notices: ParsedNotice) -> tuple[object, object, set[str]]:
    """Title, value, and what is unsure."""
    told = compile_standing(SeenNotice(notice, SEEN_AT) for notice in notices)
    return told.facts.title, told.facts.value, set(told.unsure)


def test_a_title_cut_short_does_not_replace_the_full_one() -> None:
    cut = replace(CUT, unsure=frozenset({"title"}))

    assert standing(parsed_notice(1, title=FULL), cut) == (FULL, None, set())
    assert standing(cut) == (CUT.facts.title, None, {"title"})


def test_a_sure_reading_replaces_an_unsure_one_whichever_comes_first() -> None:
    assert standing(GUESSED, parsed_notice(2, value=crore(45)))[1:] == (crore(45), set())
    assert standing(parsed_notice(2, value=crore(45)), GUESSED)[1:] == (crore(45), set())


def test_an_unsure_stage_does_not_move_a_process() -> None:
    cancelled = replace(
        parsed_notice(4, kind=NoticeKind.TENDER, title="Sensors"), unsure=frozenset({"stage", "title"})
    )

    assert standing(parsed_notice(1, title=FULL), cancelled)[0] == FULL


def test_the_origins_say_what_is_unsure() -> None:
    origins = (
        FieldOrigin("title", "item 1, line 1", "Sensors", 0.75),
        FieldOrigin("value", "item 1, line 1", "Rs. 42 Cr.", 0.95),
        FieldOrigin("pincode", "item 1, line 1", "?", 0.5),
    )
    notice = replace(parsed_notice(title="Sensors", value=crore(42)), origins=origins)

    assert unsure_facts(notice) == {"title"}
