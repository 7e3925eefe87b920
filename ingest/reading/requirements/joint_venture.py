"""Whether companies may bid together, how many, and with what part for the lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.reading.requirements.figures import BIDDER, NUMBER, number_in_words
from ingest.reading.requirements.records import STATED, SURE, Asked, Rule
from ingest.reading.words import NotUnderstood
from opportunities.parsed_notice import RequirementKind

_JV = r"(?:joint[\s-]ventures?|JVs?|consorti(?:ums?|a))"
_MENTION = re.compile(rf"\b{_JV}\b", re.IGNORECASE)
_YES = r"(?:allowed|permitted|permissible|accepted|acceptable|eligible|entertained|considered|admissible)"
_FORBIDDEN = re.compile(
    rf"\bno\s+(?:\w+\s+or\s+)?{_JV}\b|\b{_JV}\b[^.;]{{0,60}}\b(?:not|nor)\b(?:\s+be)?\s+(?:\w+\s+)?{_YES}"
    rf"|\bnot\s+(?:be\s+)?{_YES}\b[^.;]{{0,40}}\b{_JV}\b|\b{_JV}\b[^.;]{{0,40}}\b(?:prohibited"
    rf"|barred|forbidden|disallowed|ineligible|rejected|(?:may|shall|can)\s?not\s+(?:bid|apply|take part))"
    rf"|\b{_JV}\b[^.;:]{{0,40}}:\s*(?:no|not)\b|\bwithout\s+{_JV}\b"
    rf"|\b(?:may|shall|can)\s?not\b[^.;]{{0,40}}\b{_JV}\b",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    rf"\b{_JV}\b[^.;]{{0,120}}\b{_YES}|\b{_YES}\b[^.;]{{0,60}}\b{_JV}\b"
    rf"|\b{_JV}\b[^.;]{{0,80}}\bmay\s+(?:bid|apply|participate|submit|also|combine|take part"
    rf"|be formed)"
    rf"|\bmay\b[^.;]{{0,60}}\b(?:bid|apply|participate|form|be)\b[^.;]{{0,40}}\b{_JV}\b"
    rf"|\b{_JV}\b[^.;:]{{0,40}}:\s*(?:yes|allowed|permitted)",
    re.IGNORECASE,
)
_MEMBERS = re.compile(
    rf"\b(?:max(?:imum)?\.?(?: of)?|up ?to|not (?:more than|exceed(?:ing)?)|at most|no more than"
    rf"|within)\s+(?:of\s+)?(?P<most>{NUMBER})\s+"
    r"(?:[\w-]+\s+){0,2}?(?:members?|partners?|firms?|compan(?:y|ies)|entit(?:y|ies)|bidders?)"
    rf"|\b(?P<least>{NUMBER})\s+(?:members?|partners?|firms?|companies|entities)\b[^.;]{{0,30}}\bmax",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\blead(?:ing)?\s+(?:member|partner|bidder|firm)\b[^.;]{0,90}?(\d{1,3})\s*(?:%|per ?cent)"
    r"|(\d{1,3})\s*(?:%|per ?cent)[^.;]{0,40}\blead(?:ing)?\s+(?:member|partner|bidder|firm)",
    re.IGNORECASE,
)


def read(sentence: str) -> Iterator[Asked]:
    if _FORBIDDEN.search(sentence):
        yield Asked(is_allowed=False, confidence=SURE)
        return
    members, lead = _MEMBERS.search(sentence), _LEAD.search(sentence)
    count = number_in_words(members["most"] or members["least"]) if members else None
    share = Decimal(lead[1] or lead[2]) / 100 if lead else None
    if _ALLOWED.search(sentence):
        yield Asked(is_allowed=True, count=count, share=share, confidence=SURE)
    elif count is not None or share is not None:
        yield Asked(is_allowed=True, count=count, share=share, confidence=STATED)
    elif re.search(r"\bbid(?:s|ding)?\b|\bbidders?\b", sentence, re.IGNORECASE) and BIDDER.search(sentence):
        raise NotUnderstood("this doesn't say whether companies may bid together")


RULE = Rule(RequirementKind.JOINT_VENTURE, _MENTION, read)
