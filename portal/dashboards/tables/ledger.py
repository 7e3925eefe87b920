from __future__ import annotations

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from matching.scoring.engine import domain_name
from matching.templatetags.ledger_words import ledger_cause, ledger_kind
from opportunities.audience import Audience
from opportunities.selectors import LedgerLine
from portal.accounts.counties import COUNTIES
from portal.lib.clocks import STOCKHOLM
from portal.lib.tables import Column, Table


def _fields(to: Audience | None) -> str:
    language = get_language() or "en"
    return "; ".join(domain_name(slug, language) for slug in to.domains) if to else ""


def _counties(to: Audience | None) -> str:
    return "; ".join(COUNTIES[number] for number in to.regions) if to else ""


LEDGER: Table[LedgerLine] = Table(
    "ledger",
    _("Ledger"),
    (
        Column("number", pgettext_lazy("of a line", "Number"), lambda line: line.number),
        Column("what", _("What"), lambda line: ledger_kind(line.kind)),
        Column("at", _("When, in Sweden"), lambda line: line.at.astimezone(STOCKHOLM)),
        Column("by", _("By"), lambda line: line.by or ledger_cause(line.follows_from)),
        Column("title", _("Title"), lambda line: line.title),
        Column("company", _("Company"), lambda line: line.company),
        Column("fields", _("To fields"), lambda line: _fields(line.to)),
        Column("counties", _("To counties"), lambda line: _counties(line.to)),
        Column(
            "visible_from",
            _("Visible from"),
            lambda line: line.visible_from.astimezone(STOCKHOLM) if line.visible_from else None,
        ),
        Column("because", _("Because"), lambda line: line.because),
        Column("seal", _("Seal"), lambda line: line.seal),
    ),
)
