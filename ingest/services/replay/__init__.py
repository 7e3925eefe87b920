"""Rebuild every opportunity from the raw archive, beside the real ones, and compare."""

from ingest.services.replay.compare import Difference, Replay, replay_archive

__all__ = ["Difference", "Replay", "replay_archive"]
