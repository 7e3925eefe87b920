"""What each company's verdicts teach, for the scorer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from matching.models import Verdict
from matching.scoring.engine import PreparedWanted
from matching.scoring.learning.taste import Judged, Taste, learn
from matching.scoring.records import TermCounts
from matching.services.reading import read_offered

# Older verdicts are left out: companies change, and the list is about what they want now.
MOST_VERDICTS = 50


def tastes_of(wanted: Mapping[int, PreparedWanted], counts: TermCounts, *, now: datetime) -> dict[int, Taste]:
    """The taste of each of these profiles that has verdicts on its subject, in two queries.

    By meaning as well, where what was judged has been read for it; nothing is read for it here.
    """
    judged: dict[int, list[Verdict]] = defaultdict(list)
    standing = (
        Verdict.objects.standing()
        .teaching()
        .filter(profile__in=list(wanted))
        .select_related("opportunity")
        .defer("opportunity__search_vector")
        .order_by("-given_at", "-pk")
    )
    for verdict in standing:
        own = judged[verdict.profile_id]
        if len(own) < MOST_VERDICTS:
            own.append(verdict)
    opportunities = {
        verdict.opportunity_id: verdict.opportunity for own in judged.values() for verdict in own
    }
    read = read_offered(list(opportunities.values()), now=now, keep=False, most_made=0)
    offered = dict(zip(opportunities, read, strict=True))
    tastes = {
        profile_id: learn(
            [Judged(offered[each.opportunity_id], each.is_relevant) for each in own],
            wanted[profile_id],
            counts,
        )
        for profile_id, own in judged.items()
    }
    return {profile_id: taste for profile_id, taste in tastes.items() if taste is not None}


class PendingVerdicts:
    """The verdicts that a ranking is about to take in, as they stood when it began."""

    def __init__(self, profile_id: int) -> None:
        rows = list(Verdict.objects.unlearnt().filter(profile=profile_id).values_list("pk", "withdrawn_at"))
        self._standing = [pk for pk, withdrawn_at in rows if withdrawn_at is None]
        self._withdrawn = [pk for pk, withdrawn_at in rows if withdrawn_at is not None]

    def mark_learnt(self, *, now: datetime) -> None:
        """Set the mark, except on what was withdrawn meanwhile: that is still to be taken in."""
        Verdict.objects.standing().filter(pk__in=self._standing).update(learnt_at=now)
        Verdict.objects.filter(pk__in=self._withdrawn).update(learnt_at=now)
