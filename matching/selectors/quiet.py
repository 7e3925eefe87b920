"""Why a list shows nothing new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, FilteredRelation, Max, Q

from matching.models import CapabilityProfile, DigestRun, Verdict
from matching.selectors.match_list import NEW_FOR
from opportunities.selectors import is_open, visible_opportunities


@dataclass(frozen=True, slots=True)
class Quiet:
    """What came in lately and why none of it is on the list; the numbers don't overlap."""

    came_in: int  # in NEW_FOR
    over: int  # ended, or past its deadline
    dismissed: int
    uncompared: int  # not scored against the profile, or with no likeness that is kept
    too_low: int  # below the profile's least score
    latest_at: datetime | None  # when the last of them was disclosed
    last_digest_at: datetime | None


def why_nothing_new(profile: CapabilityProfile, *, at: datetime) -> Quiet:
    """Count what was disclosed in NEW_FOR by what keeps it off the list. Two queries."""
    door = visible_opportunities(to=profile.company, at=at)
    dismissed = Verdict.objects.dismissals().filter(profile=profile).values("opportunity")
    rows = door.filter(disclosed_from__gte=at - NEW_FOR).annotate(
        fit=FilteredRelation("matches", condition=Q(matches__profile=profile))
    )
    still_open = is_open(at)
    is_dismissed = Q(pk__in=dismissed)
    counted = rows.aggregate(
        came_in=Count("pk"),
        over=Count("pk", filter=~still_open),
        dismissed=Count("pk", filter=still_open & is_dismissed),
        uncompared=Count("pk", filter=still_open & ~is_dismissed & Q(fit=None)),
        latest_at=Max("disclosed_from"),
        too_low=Count("pk", filter=still_open & ~is_dismissed & Q(fit__score__lt=profile.minimum_score)),
    )
    last_digest = DigestRun.objects.aggregate(at=Max("decided_at"))["at"]
    return Quiet(**counted, last_digest_at=last_digest)
