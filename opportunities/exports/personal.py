"""What names or reaches a person doesn't go into open data, wherever in a text it stands."""

from __future__ import annotations

import re

LEFT_OUT = "[left out]"
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
# What any of them has somewhere: most texts have nothing of it, and needn't be searched three times
_HINT = re.compile(r"@|[\[(]at[\])]|\d{4}|\b(?:Shri|Smt|Sri|Mr|Mrs|Ms|Dr|Er)\b", re.IGNORECASE)


def impersonal(text: str) -> str:
    """The text without mail addresses, telephone numbers and people who are named with a title before it."""
    if not _HINT.search(text):
        return text
    for pattern in (_ADDRESS, _TELEPHONE, _PERSON):
        text = pattern.sub(LEFT_OUT, text)
    return text
