"""Rebuild every opportunity from the raw archive, beside the real ones, compare, and let a person decide."""

from ingest.services.replay.compare import Comparison, Difference, FieldDifferences, replay_archive
from ingest.services.replay.decide import (
    ReplayOutdated,
    accept_replay,
    apply_accepted,
    compare_requested,
    refuse_replay,
    request_replay,
)

__all__ = [
    "Comparison",
    "Difference",
    "FieldDifferences",
    "ReplayOutdated",
    "accept_replay",
    "apply_accepted",
    "compare_requested",
    "refuse_replay",
    "replay_archive",
    "request_replay",
]
