"""What projects' own states and expectations are called on a page and in a mail."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from opportunities.models import Project
from opportunities.projects.documents import DocumentKind
from opportunities.projects.likeness import GroundFound, LinkGround
from opportunities.projects.slippage import Slippage
from opportunities.templatetags.opportunity_words import CONFIDENCE
from portal.lib.clocks import INDIA
from portal.ui import formats

register = template.Library()

COLUMNS = {
    "identified": _("Identified"),
    "dpr": _("Project report"),
    "funded": _("Funded"),
    "rfi": _("Asking the market"),
    "tendered": _("Now tendered"),
    "called_off": _("Called off"),
}
COLUMN_HELP = {
    "identified": _("A council or a plan has named the work."),
    "dpr": _("The detailed project report is being written: what is asked for is decided here."),
    "funded": _("The money is granted. A tender is next."),
    "rfi": _("The buyer asks what the market can offer."),
    "tendered": _("It has come to a tender in the last four months."),
    "called_off": _("It won't be carried out as planned."),
}
# Open Contracting for Infrastructure Data Standard, code list projectStatus
STATUSES = {
    "identification": _("Identification"),
    "preparation": _("Preparation"),
    "implementation": _("Implementation"),
    "cancelled": _("Cancelled"),
}
DOCUMENT_KINDS = {
    DocumentKind.FEASIBILITY: _("Feasibility study"),
    DocumentKind.PLAN: _("Project report (DPR) or plan"),
    DocumentKind.ENVIRONMENT: _("Environmental assessment"),
    DocumentKind.BUDGET: _("Budget approval"),
    DocumentKind.MINUTES: _("Minutes of a council or board"),
    DocumentKind.TENDER_NOTICE: _("Tender notice"),
    DocumentKind.ILLUSTRATION: _("Map or drawing"),
    DocumentKind.OTHER: _("Another document"),
}
# What an expected quarter rests on, where the office hasn't put it in words.
BASES = {
    "": _("no stage is stated"),
    "identified": _("the work has only been named"),
    "dpr": _("the project report is being written"),
    "funded": _("the money is granted"),
    "rfi": _("the buyer is asking the market"),
}
GROUNDS = {
    LinkGround.CITY: _("the same city"),
    LinkGround.BUYER: _("the same buyer"),
    LinkGround.TITLE: _("words that both titles have"),
    LinkGround.SCOPE: _("words that both texts have"),
    LinkGround.VALUE: _("about the same value"),
    LinkGround.TIME: _("about the time that was foretold"),
    LinkGround.SCHEME: _("the same programme"),
    LinkGround.DOMAIN: _("the same field of work"),
}


@register.filter
def column_name(column: str) -> str:
    return str(COLUMNS[column])


@register.filter
def column_help(column: str) -> str:
    return str(COLUMN_HELP[column])


@register.filter
def status_name(status: str) -> str:
    return str(STATUSES[status])


@register.filter
def document_kind_name(kind: str) -> str:
    return str(DOCUMENT_KINDS[DocumentKind(kind)])


@register.filter
def confidence_name(confidence: str) -> str:
    return str(CONFIDENCE.get(confidence, ""))


@register.simple_tag
def months(first: date | None, last: date | None) -> str:
    """ "Jul–Sep 2027"; "" where neither day is known."""
    begins, ends = first or last, last or first
    return formats.months(begins, ends) if begins and ends else ""


@register.filter
def is_overdue(project: Project, now: datetime) -> bool:
    return project.is_overdue_at(now.astimezone(INDIA).date())


@register.filter
def expectation_basis(project: Project) -> str:
    """What the expected quarter rests on: the office's own words, or how far the project has come."""
    if project.basis:
        return project.basis
    stage = project.stage if project.stage in BASES else ""
    return str(BASES[stage])


@register.filter
def slippage_words(moved: Slippage) -> str:
    """By how much a quarter has moved: "2 quarters later than first told"."""
    quarters = max(1, moved.quarters)
    if moved.is_later:
        words = ngettext(
            "%(n)s quarter later than first told", "%(n)s quarters later than first told", quarters
        )
    else:
        words = ngettext(
            "%(n)s quarter sooner than first told", "%(n)s quarters sooner than first told", quarters
        )
    return words % {"n": formats.number(quarters)}


@register.filter
def off_by(quarters: float) -> str:
    """Against a quarter that was foretold: "on time", "½ quarter later"."""
    if not quarters:
        return gettext("on time")
    number = formats.number(Decimal(str(abs(quarters))), decimals=1)
    if quarters > 0:
        return gettext("%(n)s quarters later") % {"n": number}
    return gettext("%(n)s quarters sooner") % {"n": number}


@register.filter
def times_moved(moved: Slippage) -> str:
    words = ngettext("moved %(n)s time", "moved %(n)s times", moved.times)
    return words % {"n": formats.number(moved.times)}


@register.filter
def ground_name(found: GroundFound) -> str:
    return str(GROUNDS[found.ground])
