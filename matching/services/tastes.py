"""What each company's verdicts teach, for the scorer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from matching.facing_records import prepared_offered
from matching.models import Verdict
from matching.scoring.learning.taste import Judged, Taste, learn
from matching.scoring.records import TermCounts

# Older verdicts are left out: companies change, and the list is about what they want now.
MOST_VERDICTS = 50


def tastes_of(profile_ids: Collection[int], counts: TermCounts) -> dict[int, Taste]:
    """The taste of each profile that has verdicts on its subject, in one query."""
    judged: dict[int, list[Judged]] = defaultdict(list)
    standing = (
        Verdict.objects.standing()
        .teaching()
        .filter(profile__in=profile_ids)
        .select_related("opportunity")
        .defer("opportunity__search_vector")
        .order_by("-given_at", "-pk")
    )
    for verdict in standing:
        own = judged[verdict.profile_id]
        if len(own) < MOST_VERDICTS:
            own.append(Judged(prepared_offered(verdict.opportunity), verdict.is_relevant))
    tastes = {profile_id: learn(of, counts) for profile_id, of in judged.items()}
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
