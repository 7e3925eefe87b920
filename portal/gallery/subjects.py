from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from portal.gallery import (
    bidding,
    buyers,
    calendar,
    charts,
    facts,
    forms,
    ledger,
    matches,
    office,
    projects,
    times_and_money,
    ways,
)
from portal.gallery.records import Example, Subject

# A component's example stands in the file of its subject; a new subject gets a file and a line here.
SUBJECTS = (
    Subject("ways", _("Ways and figures"), ways.examples),
    Subject("forms", _("Forms"), forms.examples),
    Subject("times-and-money", _("When, where and how much"), times_and_money.examples),
    Subject("facts", _("Facts and changes"), facts.examples),
    Subject("matches", _("Matches"), matches.examples),
    Subject("bidding", _("Can you bid?"), bidding.examples),
    Subject("projects", _("Early stage"), projects.examples),
    Subject("buyers", _("Buyers"), buyers.examples),
    Subject("calendar", _("Calendar"), calendar.examples),
    Subject("charts", _("Charts"), charts.examples),
    Subject("ledger", _("Ledger"), ledger.examples),
    Subject("office", _("Coordination office"), office.examples),
)


def all_examples() -> Iterator[Example]:
    for subject in SUBJECTS:
        yield from subject.examples()
