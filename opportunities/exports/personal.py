"""What names or reaches a person doesn't go into open data, wherever in a text it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from opportunities.parsed_notice import OpportunityFacts

LEFT_OUT = "[left out]"
# What people write as they like. References and numbers are a buyer's own, and are told as they are.
_TEXTS = (
    "title",
    "description",
    "buyer_name",
    "location",
    "category",
    "product_category",
    "procurement_method",
    "contract_form",
    "scheme",
    "prebid_place",
)
_ADDRESS = re.compile(
    r"[\w.+-]+(?:@|\s?[\[(]at[\])]\s?)[\w-]+(?:(?:\.|\s?[\[(]dot[\])]\s?)[\w-]+)+", re.IGNORECASE
)
# Mobile numbers have ten digits from 6 on, fixed lines an area code; tenders' numbers have other marks.
_TELEPHONE = re.compile(
    r"(?<![\w/.,-])(?:\+\s?91[\s-]?(?:\d[\s-]?){9,10}\d?|[6-9]\d{4}[\s-]?\d{5}|0\d{2,4}[\s-]\d{6,8})(?![\w/]|[.,-]\d)"
)
_PERSON = re.compile(
    r"\b(?:Shri|Smt|Sri|Mr|Mrs|Ms|Dr|Er)\b\.?\s+(?:[A-Z]\.?\s?)*(?:[A-Z][a-z]+)(?:\s+(?:[A-Z]\.\s?)*[A-Z][a-z]+){0,3}"
)
# What each of them has somewhere, and most texts nowhere: so most needn't be searched three times. It begins
# with one set of signs and letters, for which alone a text is gone through ten times as quickly as for words;
# and it may find what is nobody.
_HINT = re.compile(r"[@+\d\[(SMDE](?:(?<=[@+])|[Aa][Tt][\])]|\d{4}|(?:hri|mt|ri|rs?|s)\b)")


def impersonal(text: str) -> str:
    """The text without mail addresses, telephone numbers and people who are named with a title before it."""
    return without_people(text) if _HINT.search(text) else text


def without_people(text: str) -> str:
    """The same, looked for in every place: what ``impersonal`` comes to, however quickly it can tell."""
    for pattern in (_ADDRESS, _TELEPHONE, _PERSON):
        text = pattern.sub(LEFT_OUT, text)
    return text


def impersonal_facts(facts: OpportunityFacts) -> OpportunityFacts:
    """The facts without whom to call, and every text of theirs without people."""
    texts = {name: text for name in _TEXTS if (text := getattr(facts, name))}
    chain = facts.organisation_chain
    # Looked for in all of them at once: most notices name nobody.
    if not _HINT.search("\n".join((*texts.values(), *(chain or ())))):
        return facts if facts.contact is None else replace(facts, contact=None)
    told: dict[str, Any] = {name: impersonal(text) for name, text in texts.items()}
    return replace(facts, contact=None, organisation_chain=chain and tuple(map(impersonal, chain)), **told)


def impersonal_value(value: Any) -> Any:
    """What a notice said of some fact, texts and lists of texts without people, all else as it is."""
    match value:
        case str():
            return impersonal(value)
        case tuple() | list():
            return tuple(map(impersonal_value, value))
    return value
