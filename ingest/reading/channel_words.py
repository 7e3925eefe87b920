"""The words of the CII channel for stages, kinds and labels, and ours for them."""

from __future__ import annotations

import re

from ingest.reading.labels import fact_for, label_key
from ingest.reading.words import NotUnderstood, tidy
from opportunities.parsed_notice import NoticeKind, Stage

# In the order of a process: the furthest that is said to have happened is where it stands.
STAGE_WORDS: tuple[tuple[Stage, re.Pattern[str]], ...] = tuple(
    (stage, re.compile(words, re.IGNORECASE))
    for stage, words in (
        (
            Stage.IDENTIFIED,
            r"council (?:has |have )?(?:given |accorded )?(?:its )?(?:approved|approval|cleared|nod)"
            r"|approv(?:ed|al) (?:by|of) the (?:\w+ ){0,2}(?:council|general body|standing committee|board)"
            r"|in[- ]principle approval|project (?:has been )?identified",
        ),
        (Stage.DPR, r"\bDPRs?\b|detailed project reports?"),
        (
            Stage.FUNDED,
            r"(?:funds?|funding|grants?|loan)(?: \w+){0,3} (?:sanctioned|released|approved|tied up)"
            r"|(?:sanction|release) of (?:the )?(?:funds?|grants?|loan)|financial closure",
        ),
        (Stage.RFI, r"\bRFI\b|requests? for information"),
        (Stage.EOI, r"\bEOI\b|expressions? of interest"),
        (Stage.RFQ, r"\bRFQ\b|requests? for qualification|pre-?qualification"),
        (
            Stage.TENDER,
            r"\bRFP\b|\bNIT\b|requests? for proposals?|notice inviting tenders?"
            r"|bids (?:are |have been )?invited"
            r"|tenders? (?:is |are |has been |have been )?(?:out|floated|published|invited|issued)",
        ),
    )
)
_KINDS = {
    "tender notice": NoticeKind.TENDER,
    "tender": NoticeKind.TENDER,
    "early information": NoticeKind.PLANNING,
    "early stage": NoticeKind.PLANNING,
    "corrigendum": NoticeKind.CORRIGENDUM,
    "addendum": NoticeKind.CORRIGENDUM,
    "cancellation": NoticeKind.CANCELLATION,
    "award": NoticeKind.AWARD,
}
# Our fact (or what identifies the notice) for each label of theirs, as label_key() writes them.
_LABELS = {
    "notice_no": "notice no | notice number | bulletin no",
    "row_no": "s no | item | item no",
    "kind": "notice type | type of notice",
    "amends": "amends notice | amends",
    "tender_id": "tender id",
    "portal": "portal | tender portal | e tender portal",
    "title": "project | name of project | project title | title",
    "description": "scope | scope of work | description",
    "stage": "stage | status",
    "city": "city | city ulb | ulb",
    "state": "state ut | state",
    "buyer_name": "implementing agency | agency | spv | buyer",
    "scheme": "scheme | mission | programme",
    "is_joint_venture_allowed": "consortium jv | jv | joint venture | consortium | jv consortium",
    "period_days": "completion period | period of completion",
    "value": "estimated cost | project cost | outlay",
    "enquiry_deadline": "queries up to | last date for queries | pre bid queries up to",
    "submission_deadline": "last date and time for bids | last date for bids | bids due",
    "opening_at": "opening of technical bids | opening of bids",
    "expected": "tender expected | expected quarter | expected",
}
_FACT_BY_LABEL = {label.strip(): fact for fact, labels in _LABELS.items() for label in labels.split("|")}


def channel_fact(label: str) -> str | None:
    """What a label of the channel announces: a fact, or notice_no, row_no, kind, amends, tender_id, portal,
    expected. Labels of tender portals are known too. None for any other label.
    """
    return _FACT_BY_LABEL.get(label_key(label)) or fact_for(label)


def read_kind(words: str) -> NoticeKind:
    """Raise NotUnderstood for a word we don't know: never a guess."""
    kind = _KINDS.get(tidy(words).casefold())
    if kind is None:
        raise NotUnderstood(f"“{tidy(words)[:60]}” isn't a type of notice we know")
    return kind


def read_stage_word(words: str) -> Stage:
    """The one stage that a cell names. Raise NotUnderstood if it names none or several."""
    found = [stage for stage, pattern in STAGE_WORDS if pattern.search(words)]
    if len(found) != 1:
        raise NotUnderstood("this names no stage we know" if not found else "this names several stages")
    return found[0]


def read_joint_venture(words: str) -> bool:
    if re.search(r"\bnot\b(?: be)? (?:allowed|permitted|accepted)|^\s*no\b", words, re.IGNORECASE):
        return False
    if re.search(r"allowed|permitted|accepted|may (?:bid|combine|apply)|^\s*yes\b", words, re.IGNORECASE):
        return True
    raise NotUnderstood("this doesn't say whether joint ventures may bid")


_PERIOD = re.compile(r"(\d{1,4}) (day|month|year)s?", re.IGNORECASE)
_DAYS = {"day": 1, "month": 30, "year": 365}


def read_period(words: str) -> int:
    """A period in days, a month counted as 30."""
    match = _PERIOD.fullmatch(tidy(words).rstrip("."))
    if match is None:
        raise NotUnderstood("this isn't a period in days, months or years")
    return int(match[1]) * _DAYS[match[2].casefold()]
