from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from matching.models import Match
from matching.scoring.engine import scorer_version
from matching.scoring.records import Score
from matching.scoring.serialization import parts_to_json

# Below this there is nothing to say, and a row for every pair of profile and tender would say it anyway.
LOWEST_KEPT = 10


def store_matches(scored: Iterable[tuple[int, int, Score]], *, now: datetime) -> None:
    """Keep the scores of (profile, opportunity) pairs, replacing what was kept before.

    A pair that no longer fits keeps its row, with its low score, if it had one: mails may have told of it.
    """
    pairs, version = list(scored), scorer_version()
    known = set(
        Match.objects.filter(
            profile__in={profile for profile, _, _ in pairs}, opportunity__in={o for _, o, _ in pairs}
        ).values_list("profile_id", "opportunity_id")
    )
    Match.objects.bulk_create(
        (
            Match(
                profile_id=profile,
                opportunity_id=opportunity,
                score=score.points,
                parts=parts_to_json(score.parts),
                scorer_version=version,
                calibration=score.calibration,
                first_matched_at=now,
                matched_at=now,
            )
            # One order everywhere, or two scorers could each hold a row the other waits for.
            for profile, opportunity, score in sorted(pairs, key=lambda pair: pair[:2])
            if score.points >= LOWEST_KEPT or (profile, opportunity) in known
        ),
        update_conflicts=True,
        unique_fields=["profile", "opportunity"],
        update_fields=["score", "parts", "scorer_version", "calibration", "matched_at"],
        batch_size=500,
    )
