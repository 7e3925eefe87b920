"""Certificates that a bidder or its product must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.figures import ASKS, BIDDER, number_in_words
from ingest.reading.requirements.records import SURE, UNSURE, Asked, Rule
from opportunities.parsed_notice import RequirementKind

_ISO = r"ISO(?:\s*/\s*IEC)?[\s:-]*(?P<iso>\d{4,5})(?:-\d{1,2})?(?:\s*:\s*\d{4})?"
_NAMES = re.compile(
    rf"\b{_ISO}(?P<more>(?:\s*(?:,|and|&|/"
    rf"|or)\s*(?:ISO(?:\s*/\s*IEC)?[\s:-]*)?\d{{4,5}}(?:-\d{{1,2}})?(?:\s*:\s*\d{{4}})?)*)"
    r"|\bCMM[Ii]?(?:[\s-]+(?:DEV|SVC))?[\s,-]+(?i:(?:maturity )?level|ML|L)?[\s-]*(?P<cmmi>[1-5]"
    r"|I{1,3}|IV|V)\b"
    r"|\b(?P<stqc>STQC)\b(?!and)|\b(?P<bis>BIS)[\s-](?=certif|licen|mark|regist|approv)"
    r"|\bcertified by (?:the )?(?P<by_bis>BIS)\b"
    r"|\b(?P<ce>CE)[\s-](?=mark|certif)|\b(?P<nabl>NABL)\b"
    r"|\b(?P<cert_in>CERT-?\s?In)\b(?=[\s-]*empan|[^.]{0,40}empanel)"
    r"|\b(?P<mtcte>MTCTE)\b|\b(?P<ul>UL)[\s-](?=listed|certif)|\b(?P<soc>SOC\s?[12])\b"
)
_MENTION = re.compile(
    r"\bISO\b|\bCMMI?\b|\bSTQC\b|\bBIS\b|\bCE[\s-](?:mark|certif)|\bNABL\b|\bCERT-?\s?In\b"
    r"|\bMTCTE\b|\bUL[\s-](?:listed|certif)|\bSOC\s?[12]\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\bcertif\w*|\baccredit\w*|\bempanel\w*|\bvalid\b|\bhold(?:s|ing|er)?\b|\bpossess\w*|\bhav(?:e"
    r"|ing)\b|\blicen[cs]\w*|\bmark\w*|\blevel\b",
    re.IGNORECASE,
)
# The work itself is to get or to test for a certificate, or to lay down what it is tested against.
_SCOPE = re.compile(
    r"\b(?:certification|audit|implementation|testing|calibration) (?:of|for) (?!.*\bbidder)|\bto obtain\b"
    r"|^(?:supply|procurement|purchase|conducting|consultancy|preparation|hiring|repair)\b",
    re.IGNORECASE,
)
_PLAIN = {
    "stqc": "STQC", "bis": "BIS", "by_bis": "BIS", "ce": "CE", "nabl": "NABL", "cert_in": "CERT-In",
    "mtcte": "MTCTE", "ul": "UL",
}  # fmt: skip
_CODE = re.compile(r"(?<![\d:])\d{4,5}(?!\s*\d)")
_AFTER_COLON = re.compile(r":\s*\d{4}")


def read(sentence: str) -> Iterator[Asked]:
    if not _HELD.search(sentence):
        return
    is_asked = bool(
        ASKS.search(sentence) or re.search(r"\b(?:hold|possess|valid|having)\b", sentence, re.IGNORECASE)
    )
    if not is_asked or (_SCOPE.search(sentence) and not BIDDER.search(sentence)):
        return
    confidence = SURE if BIDDER.search(sentence) or ASKS.search(sentence) else UNSURE
    if _SCOPE.search(sentence):
        confidence = UNSURE
    found = list(_NAMES.finditer(sentence))
    names = [name for match in found for name in _names_in(match)]
    names = list(dict.fromkeys(names))
    if len(names) > 1 and _is_choice(sentence, found):
        names = [" or ".join(names)]
    for name in names:
        yield Asked(name=name, confidence=confidence)


def _names_in(match: re.Match[str]) -> Iterator[str]:
    if match["iso"]:
        yield f"ISO {match['iso']}"
        for code in _CODE.findall(_AFTER_COLON.sub("", match["more"] or "")):
            yield f"ISO {code}"
    elif match["cmmi"]:
        yield f"CMMI level {number_in_words(match['cmmi'])}"
    elif match["soc"]:
        yield re.sub(r"\s*(\d)", r" \1", match["soc"])
    else:
        yield next(name for group, name in _PLAIN.items() if match[group])


def _is_choice(sentence: str, found: list[re.Match[str]]) -> bool:
    """Whether any one of the certificates is enough."""
    between = sentence[found[0].start() : found[-1].end()]
    return bool(re.search(r"\bor\b(?! (?:above|higher|equivalent|later|better))", between, re.IGNORECASE))


RULE = Rule(RequirementKind.CERTIFICATION, _MENTION, read)
