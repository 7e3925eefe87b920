"""What is known of a tender, from where, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ingest.selectors import StoredDocument
from matching.bidding.consequences import Consequence, Effect
from opportunities.audience import EVERYONE, Audience
from opportunities.compile import Change
from opportunities.parsed_notice import Moment, OpportunityFacts, Requirement, RequirementKind
from opportunities.seen_together import Seen, seen_together
from opportunities.selectors import HistoryEntry, LeftDisclosed
from portal.dashboards.facts import Fact, FactKind
from portal.dashboards.requirements import AskedFor
from portal.dashboards.side_by_side import Pair, Row, Side, Standing
from portal.dashboards.since_visit import SinceVisit
from portal.gallery.made_up import (
    DEADLINE,
    LONG_TITLE,
    LONG_WORD,
    NOW,
    SENTENCE,
    crore,
    day,
    opportunity,
    origin,
    requirement,
)
from portal.gallery.records import Example, Within

_SEEN, _HIDDEN = Seen(NOW), Seen(None)
_WATER, _LIGHT = Audience(("water-supply",), ()), Audience(("lighting",), ("12",))
_TWO_RULES = {
    "the same rule": (_SEEN, _SEEN),
    "one disclosed": (_HIDDEN, _SEEN),
    "a wider rule": (_SEEN, Seen(NOW, _WATER)),
    "rules that clash": (Seen(NOW, _LIGHT), Seen(NOW, _WATER)),
    "both later": (Seen(DEADLINE), Seen(DEADLINE + timedelta(days=1))),
    "neither, and not alike": (Seen(DEADLINE), Seen(DEADLINE, _WATER)),
    "neither": (_HIDDEN, _HIDDEN),
}


def examples() -> Iterator[Example]:
    yield from _facts()
    yield from _changes()
    yield from _requirements()
    yield from _documents()
    yield Example("pair_table", "alike, different and one-sided", {"pair": _pair()})
    for state, (one, other) in _TWO_RULES.items():
        yield Example("after_merging", state, {"pair": _pair(one, other)})
        yield Example("seen_by", state, {"seen": other, "is_seen": other.is_seen(at=NOW)}, Within.LINE)
    left = LeftDisclosed(1, LONG_TITLE, NOW, EVERYONE)
    for state, is_split in (("merged", False), ("split again", True)):
        yield Example("left_disclosed", state, {"left": left, "is_split": is_split})


def _facts() -> Iterator[Example]:
    facts = {
        "money": Fact("value", FactKind.MONEY, crore(84), origin()),
        "a moment, checked": Fact(
            "submission_deadline", FactKind.MOMENT, Moment(DEADLINE), origin(ruled_at=NOW)
        ),
        "a day alone": Fact("prebid_at", FactKind.MOMENT, day(DEADLINE), origin()),
        "a period": Fact("tender_expected_from", FactKind.PERIOD, (NOW.date(), DEADLINE.date()), None),
        "the notice's words, long": Fact("location", FactKind.FOREIGN, LONG_WORD, origin(words=LONG_WORD)),
        "unsure": Fact("period_days", FactKind.PLAIN, 1825, origin(is_sure=False), is_unsure=True),
        "not stated": Fact("document_fee", FactKind.MONEY, None, None),
    }
    for state, fact in facts.items():
        yield Example("fact", state, {"fact": fact}, Within.FACTS)
        if fact.value is not None:
            yield Example("record_fact", state, {"fact": fact}, Within.FACTS)
    by_two_clocks = {"fact": facts["a moment, checked"], "is_for_members": True}
    yield Example("fact_value", "a moment by both clocks", by_two_clocks, Within.LINE)
    yield Example("provenance", "sure", {"origin": origin()})
    yield Example("provenance", "in doubt, long", {"origin": origin(is_sure=False, words=LONG_TITLE)})


def _entry(*changes: Change, kind: str = "corrigendum") -> HistoryEntry:
    return HistoryEntry(1, 2, kind, "2", NOW - timedelta(days=1), NOW, changes)


def _changes() -> Iterator[Example]:
    moved = Change("submission_deadline", Moment(DEADLINE - timedelta(days=10)), Moment(DEADLINE))
    entries = {
        "deadline moved": _entry(moved, Change("value", None, crore(84))),
        "another fact": _entry(Change("value", crore(70), crore(84)), kind="tender"),
        "long": _entry(Change("title", LONG_WORD, LONG_TITLE)),
        "only filled in": _entry(Change("pincode", None, "411005"), kind="tender"),
    }
    rows = {
        "moved": moved,
        "a value, first stated": Change("value", None, crore(84)),
        "long": Change("title", LONG_WORD, LONG_TITLE),
    }
    for state, row in rows.items():
        yield Example("change_row", state, {"change": row}, Within.TABLE)
    yield from _visits(moved)
    for state, entry in entries.items():
        yield Example("change_badge", state, {"change": entry})
        yield Example("change_table", state, {"entry": entry})
    yield Example("change_badge", "nothing changed", {"change": None})


def _visits(moved: Change) -> Iterator[Example]:
    means = (Consequence(Effect.DAYS_GAINED, days=10, moment=moved.after), Consequence(Effect.CALLED_OFF))
    visits = {
        "much has changed": SinceVisit(
            NOW, 3, (moved, Change("title", LONG_WORD, LONG_TITLE)), ("pincode",), means
        ),
        "nothing has": SinceVisit(NOW, 3),
    }
    for state, since in visits.items():
        yield Example("since_visit", state, {"since_visit": since, "opportunity": opportunity()})


def _requirements() -> Iterator[Example]:
    works = [requirement(RequirementKind.EXPERIENCE, count=count) for count in (1, 2, 3)]
    lines = {
        "one": _asked("turnover", requirement(amount=crore(40), years=3)),
        "a choice": _asked("experience", *works),
        "unsure, long": _asked("registration", requirement(name=LONG_WORD), is_sure=False),
    }
    for state, line in lines.items():
        yield Example("requirement", state, {"line": line}, Within.LIST)


def _asked(kind: str, *requirements: Requirement, is_sure: bool = True) -> AskedFor:
    return AskedFor(kind, SENTENCE, "item 3", "CII", is_sure, list(requirements))


def _documents() -> Iterator[Example]:
    for state, may_be_opened in (("may be opened", True), ("tells of something undisclosed", False)):
        document = StoredDocument(
            1, "Maharashtra e-tendering", "", "text/html", 48_213, NOW, NOW, may_be_opened
        )
        yield Example("document", state, {"document": document})
    shares = {"everyone": NOW - timedelta(days=2), "everyone, from a day on": DEADLINE, "the office": None}
    for state, moment in shares.items():
        one = opportunity(disclosed_from=moment)
        yield Example("disclosure_badge", state, {"opportunity": one, "now": NOW})


def _pair(one: Seen = _SEEN, other: Seen = _HIDDEN) -> Pair:
    rows = (
        Row("title", "Smart poles", "Smart poles", Standing.SAME),
        Row("value", crore(84), crore(70), Standing.DIFFERENT),
        Row("buyer_name", LONG_WORD, None, Standing.ONE_SIDED),
    )
    return Pair(_side(one), _side(other), rows, seen_together(one, other, at=NOW))


def _side(seen: Seen) -> Side:
    facts = OpportunityFacts(title="Smart poles", value=crore(84))
    one = opportunity()
    return Side(one, (one.process_id,), facts, seen, is_seen=seen.is_seen(at=NOW))
