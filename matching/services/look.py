from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Greatest

from matching.models import LastLook
from matching.selectors import Visit
from portal.accounts.models import User

# Opening a page again after so long is another visit. Until then a reload, the way back and a second tab
# still tell what was new: a working day's worth, whatever the hour, and not the next morning.
VISIT_LASTS = timedelta(hours=8)
# Reloading writes nothing.
_NOTED_FOR = timedelta(minutes=10)


def note_look(
    opportunity_id: int, former: Visit | None, *, person: User, number: int, now: datetime
) -> Visit:
    """Note that a person opens a page that tells of an opportunity up to a revision; return the visit it is.

    ``former`` is what was noted last. Opening it again within ``VISIT_LASTS`` is the same visit, so that
    looking is safe to repeat. The caller has been through the door for the opportunity.
    """
    visit = _visit(former, number=number, now=now)
    if former is not None and _says_the_same(former, visit):
        return former
    look = LastLook(
        person=person,
        opportunity_id=opportunity_id,
        looked_at=visit.looked_at,
        shown_number=visit.shown_number,
        known_at=visit.known_at,
        known_number=visit.known_number,
    )
    LastLook.objects.bulk_create(
        [look],
        update_conflicts=True,
        unique_fields=["person", "opportunity"],
        update_fields=["looked_at", "shown_number", "known_at", "known_number"],
    )
    return visit


def mark_as_seen(opportunity_id: int, *, person: User, number: int, now: datetime) -> None:
    """Tell no more of what changed up to a revision: the one that the person was shown. Never goes back."""
    LastLook.objects.filter(person=person, opportunity=opportunity_id, shown_number__gte=number).update(
        known_number=Greatest(F("known_number"), number), known_at=now
    )


def _visit(former: Visit | None, *, number: int, now: datetime) -> Visit:
    if former is None:
        return Visit(now, number, None, number)
    shown = max(number, former.shown_number)
    if now - former.looked_at > VISIT_LASTS:
        return Visit(now, shown, former.looked_at, former.shown_number)
    return Visit(now, shown, former.known_at, former.known_number)


def _says_the_same(former: Visit, visit: Visit) -> bool:
    noted_lately = visit.looked_at - former.looked_at < _NOTED_FOR
    return noted_lately and former.shown_number == visit.shown_number
