"""Whatever is done to the ledger behind its back is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.chain import BEGINNING, Entry, Flaw, Sealed, examine, seal

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def chain_of(*reasons: str) -> list[Sealed]:
    chain: list[Sealed] = []
    previous = BEGINNING
    for number, because in enumerate(reasons, start=1):
        entry = Entry("disclosed", NOON, 7, opportunity=number, rule={"domains": ["water"]}, because=because)
        previous_seal, previous = previous, seal(entry, number=number, previous=previous)
        chain.append(Sealed(number, previous_seal, previous, entry))
    return chain


def test_what_was_written_is_in_order() -> None:
    chain = chain_of("a", "b", "c")

    found = examine(chain, head=chain[1].seal)

    assert (found.entries, found.head, found.flaw) == (3, chain[2].seal, None)


def test_an_empty_ledger_is_in_order() -> None:
    assert examine([], head=BEGINNING).flaw is None


@pytest.mark.parametrize(
    "change",
    [
        {"because": "another reason"},
        {"at": NOON + timedelta(microseconds=1)},
        {"by": None},
        {"opportunity": 99},
        {"company": 1},
        {"rule": {}},
        {"rule": None},
        {"visible_from": NOON},
        {"details": {"a": 1}},
    ],
    ids=lambda change: str(*change),
)
def test_an_edit_of_any_field_is_found(change: dict[str, object]) -> None:
    chain = chain_of("a", "b", "c")
    chain[1] = replace(chain[1], entry=replace(chain[1].entry, **change))  # type: ignore[arg-type]

    found = examine(chain)

    assert (found.flaw, found.number, found.entries) == (Flaw.ALTERED, 2, 1)


def test_an_edit_that_is_sealed_anew_is_found_by_the_next_entry() -> None:
    chain = chain_of("a", "b", "c")
    forged = replace(chain[1].entry, because="forged")
    chain[1] = replace(chain[1], entry=forged, seal=seal(forged, number=2, previous=chain[0].seal))

    found = examine(chain)

    assert (found.flaw, found.number) == (Flaw.UNBOUND, 3)


def test_a_cut_tail_is_found_by_a_head_kept_elsewhere() -> None:
    chain = chain_of("a", "b", "c")

    assert examine(chain[:2]).flaw is None
    assert examine(chain[:2], head=chain[2].seal).flaw == Flaw.CUT


def test_a_ledger_written_anew_is_found_by_a_head_kept_elsewhere() -> None:
    assert examine(chain_of("x", "b", "c"), head=chain_of("a", "b", "c")[2].seal).flaw == Flaw.CUT


@given(st.lists(st.text(max_size=3), min_size=2, max_size=8, unique=True), st.data())
def test_no_deletion_and_no_other_order_passes(reasons: list[str], data: st.DataObject) -> None:
    chain = chain_of(*reasons)
    head = chain[-1].seal

    shuffled = data.draw(st.permutations(chain).filter(lambda order: order != chain))
    cut = data.draw(
        st.lists(st.sampled_from(chain), unique_by=lambda one: one.number, max_size=len(chain) - 1)
    )

    assert examine(shuffled, head=head).flaw is not None
    assert examine(sorted(cut, key=lambda one: one.number), head=head).flaw is not None


def test_the_seal_is_the_same_by_every_clock_on_the_wall() -> None:
    india = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))

    assert seal(Entry("disclosed", NOON, 1), number=1, previous=BEGINNING) == seal(
        Entry("disclosed", india, 1), number=1, previous=BEGINNING
    )
