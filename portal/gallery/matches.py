"""Why something fits, and what a company says of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from matching.models import CapabilityProfile, Match
from matching.models import Verdict as GivenVerdict
from matching.scoring.learning.suggestions import Change, Suggestion
from matching.scoring.records import Evidence, Part, Verdict
from matching.selectors import Followed, Outcomes, Told
from matching.services.encoder import Meaning
from matching.views.matches import MatchCard
from portal.gallery import together
from portal.gallery.made_up import LONG_TITLE, LONG_WORD, NOW, early_opportunity, opportunity, part, person
from portal.gallery.records import Example, Within

PAGE = "/gallery/"


def examples() -> Iterator[Example]:
    for score in (100, 62, 7):
        yield Example("score_ring", str(score), {"score": score})
    for state, share, is_gap in (("most of it", 80, False), ("a gap", 30, True), ("nothing", 0, False)):
        yield Example("bar", state, {"share": share, "is_gap": is_gap})
    yield from _parts()
    yield from _cards()
    yield from _verdicts()
    yield from _suggestions()
    yield from together.examples()
    for meaning in Meaning:
        yield Example("meaning_note", meaning.value.replace("_", " "), {"meaning": meaning})


def _worded() -> dict[str, Part]:
    band = (("value", "INR 845000000"), ("from", "INR 10000000"), ("to", "INR 400000000"))
    return {
        "field": part(),
        "wording": part("words", 12, 20),
        "meaning": part(
            "meaning", 8, 20, evidence=(Evidence("SCADA and sensors", "Styrsystem", kind="meaning"),)
        ),
        "meaning, of the whole": part("meaning", 8, 20, evidence=()),
        "nothing in common": part("domain", 0, 50, verdict=Verdict.UNKNOWN, evidence=()),
        "value suits": part("value_band", 10, 10, evidence=(), details=band[:1]),
        "value too high": part("value_band", -10, 10, verdict=Verdict.GAP, evidence=(), details=band),
        "value unknown": part("value_band", 0, 10, verdict=Verdict.UNKNOWN, evidence=()),
        "place suits": part("place", 10, 10, evidence=(), details=(("state", "MH"),)),
        "another place": part("place", -5, 10, verdict=Verdict.GAP, evidence=()),
        "called relevant": part("feedback", 4, 10, evidence=(), details=(("relevant", "3"),)),
        "dismissed before": part(
            "feedback",
            -4,
            10,
            verdict=Verdict.GAP,
            evidence=(Evidence("lake", "sjö"),),
            details=(("dismissed", "2"),),
        ),
        "hands are hired": part(
            points=8,
            most=100,
            details=(("deal", "hands"), ("deal_words", "Providing manpower for operation")),
        ),
        "long": part(evidence=(Evidence(LONG_WORD, "styrsystem", "scada", "concept"),)),
    }


def _parts() -> Iterator[Example]:
    for state, one in _worded().items():
        yield Example("reason", state, {"part": one}, Within.LINE)
        yield Example("part", state, {"part": one}, Within.PARTS)


def _card(score: int, *parts: Part, **kept: Any) -> MatchCard:
    told = kept.pop("opportunity", None) or opportunity()
    return MatchCard(Match(pk=1, score=score, opportunity=told), parts, **{"change": None, **kept})


def _cards() -> Iterator[Example]:
    worded = _worded()
    cards = {
        "fits, with a gap": _card(92, worded["field"], worded["value too high"]),
        "judged and followed": _card(
            78, worded["field"], verdict=_verdict(is_relevant=True), follow=Followed("Bo Berg", NOW)
        ),
        "early stage, value unknown": _card(
            64, worded["meaning"], opportunity=early_opportunity(value_amount=None, value_currency="")
        ),
        "long": _card(
            40,
            worded["long"],
            opportunity=opportunity(title=LONG_TITLE, buyer_name=LONG_WORD, city=LONG_WORD[:99]),
        ),
    }
    for state, card in cards.items():
        yield Example("match_card", state, {"card": card, "now": NOW, "page": PAGE}, Within.CARDS)


def _verdict(**facts: Any) -> GivenVerdict:
    return GivenVerdict(pk=1, person=person(), given_at=NOW, **facts)


def _verdicts() -> Iterator[Example]:
    given = {
        "none yet": None,
        "relevant": _verdict(is_relevant=True),
        "dismissed": _verdict(is_relevant=False, reason=GivenVerdict.Reason.TOO_BIG),
        "dismissed with a long note": _verdict(
            is_relevant=False, reason=GivenVerdict.Reason.OTHER, note=LONG_WORD
        ),
    }
    for number, (state, verdict) in enumerate(given.items(), 2):
        match = Match(pk=number, score=70)
        yield Example(
            "verdict", state, {"match": match, "opportunity": opportunity(), "verdict": verdict, "page": PAGE}
        )
    yield from _outcomes()
    follows = {"not followed": None, "followed": Followed("Bo Berg", NOW)}
    for state, follow in follows.items():
        yield Example("follow", state, {"opportunity": opportunity(), "follow": follow, "page": PAGE})


def _outcomes() -> Iterator[Example]:
    won = Told("won", "", "Bo Berg", NOW, stands=True)
    lost = Told("lost", "price", LONG_WORD, NOW, stands=True)
    before = Told("bid", "", "Alice Ahlgren", NOW, stands=False)
    told = {
        "nothing told": Outcomes(()),
        "won": Outcomes((won, before)),
        "lost, long": Outcomes((lost, before)),
    }
    for number, (state, outcomes) in enumerate(told.items(), 2):
        given = {"opportunity": opportunity(pk=number), "outcomes": outcomes, "is_traced": True, "page": PAGE}
        yield Example("outcome", state, given)


def _suggestions() -> Iterator[Example]:
    profile = CapabilityProfile(pk=1, name="Water")
    for change in Change:
        is_of_states = change in (Change.DROP_STATE, Change.ADD_STATE)
        told = (
            Suggestion(change, 3, state="BR") if is_of_states else Suggestion(change, 1, Decimal(400_000_000))
        )
        yield Example(
            "suggestion",
            change.value.replace("_", " "),
            {"suggestion": told, "profile": profile},
            Within.LINE,
        )
    profiles = [CapabilityProfile(pk=1, name="Water"), CapabilityProfile(pk=2, name=LONG_WORD[:99])]
    yield Example("profile_tabs", "two, one with a long name", {"profiles": profiles, "profile": profiles[0]})
