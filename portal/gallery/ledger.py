"""Who is told, by which rule, and what stands about it in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from matching.services import Reach, Unreached
from opportunities.audience import EVERYONE, Audience
from opportunities.chain import LedgerKind
from opportunities.selectors import LedgerLine
from portal.dashboards.disclosing import DisclosureForm
from portal.gallery.made_up import LONG_TITLE, LONG_WORD, NOW
from portal.gallery.records import Example, Within

_RULES = {
    "everyone": EVERYONE,
    "by field": Audience(domains=("water-supply", "wastewater")),
    "by county": Audience(regions=("01", "12")),
    "by both": Audience(domains=("street-lighting",), regions=("25",)),
}


def examples() -> Iterator[Example]:
    for state, to in _RULES.items():
        yield Example("audience", state, {"to": to}, Within.LINE)
    for kind in LedgerKind:
        rule = EVERYONE if kind is LedgerKind.DISCLOSED else None
        yield Example("ledger_line", kind.value, {"line": _line(kind, to=rule), "address": ""})
    long = _line(LedgerKind.CORRECTED, title=LONG_TITLE, because=LONG_WORD, to=_RULES["by both"])
    yield Example("ledger_line", "long, linked", {"line": long, "address": "/gallery/"})
    by_rule = _line(LedgerKind.WITHDRAWN, by="", follows_from="merge", company="Vallar AB")
    yield Example("ledger_line", "by nobody", {"line": by_rule, "address": ""})
    found = replace(_line(LedgerKind.ADMITTED, title="", company="Vallar AB"), found_by=_RULES["by both"])
    yield Example("ledger_line", "found by rules", {"line": found, "address": ""})
    theirs = replace(_line(LedgerKind.NAMES_REVEALED, title="", by=""), is_theirs=True)
    yield Example("ledger_line", "between members", {"line": theirs, "address": ""})
    gone = replace(_line(LedgerKind.LEFT, title=""), gone_company=17)
    yield Example("ledger_line", "gone", {"line": gone, "address": ""})
    nothing = {Unreached.OUTSIDE: 5, Unreached.NO_PROFILE: 1, Unreached.TOO_LOW: 3}
    yield Example("reach", "some", {"reach": Reach(31, 24, 20, 14, 3, nothing), "to": _RULES["by field"]})
    yield Example("reach", "everybody", {"reach": Reach(1, 1, 1, 1, 1, {}), "to": EVERYONE})
    yield _form("new", DisclosureForm(auto_id="new_%s"), is_decided=False)
    wrong = DisclosureForm({"regions": ["12"]}, auto_id="wrong_%s")
    yield _form("without a reason", wrong, is_decided=True)


def _form(state: str, form: DisclosureForm, *, is_decided: bool) -> Example:
    given = {"form": form, "address": "/gallery/", "is_decided": is_decided, "csrf_token": "made-up"}
    return Example("disclosure_form", state, given)


def _line(  # noqa: PLR0913  a line has so many sides
    kind: LedgerKind,
    *,
    title: str = "Early information",
    because: str = "",
    to: Audience | None = None,
    by: str = "Olga Olsson",
    company: str = "",
    follows_from: str = "",
) -> LedgerLine:
    return LedgerLine(
        number=1204,
        kind=kind,
        at=NOW,
        by=by,
        opportunity_id=1,
        title=title,
        company=company,
        gone_company=None,
        is_theirs=False,
        found_by=EVERYONE if kind is LedgerKind.DESCRIBED else None,
        to=to,
        visible_from=NOW if to is not None else None,
        because=because,
        follows_from=follows_from,
        seal="5a90a4234f1c1b91e7da915c718f59a9ff23ce709c62a37d3c68d1db565f85c6",
    )
