"""Ranks a file of tenders for each of a file of profiles, with the product's own scorer.

No database is needed. What comes out can be measured against judged pairs.
"""

from __future__ import annotations

import heapq
import time
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.scoring.engine import (
    PreparedOffered,
    PreparedWanted,
    count_terms,
    prepare_offered,
    prepare_wanted,
    subject_score,
)
from matching.scoring.json_lines import UnreadableLines
from matching.scoring.judged_files import read_profiles, read_tenders
from matching.scoring.records import TermCounts

_UNREADABLE = 2
# Scores are written with so many decimals, and ranked as they are written.
_DECIMALS = 6


class Command(BaseCommand):
    help = "Rank a corpus of tenders for each profile and write profile_id TAB tender_id TAB score."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--corpus", type=Path, required=True, help="tenders, one JSON object a line")
        parser.add_argument("--profiles", type=Path, required=True, help="profiles, one JSON object a line")
        parser.add_argument("--run", type=Path, required=True, help="where the ranking is written")
        parser.add_argument("--top", type=int, default=100, help="tenders per profile (default: 100)")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        if options["top"] < 1:
            raise CommandError("--top must be at least 1", returncode=_UNREADABLE)
        try:
            tenders = read_tenders(options["corpus"])
            profiles = read_profiles(options["profiles"])
        except UnreadableLines as unreadable:
            raise CommandError(str(unreadable), returncode=_UNREADABLE) from unreadable
        offered = {identifier: prepare_offered(tender) for identifier, tender in tenders.items()}
        counts = count_terms(offered.values())
        try:
            with options["run"].open("w", encoding="utf-8", newline="\n") as run:
                for profile_id, profile in profiles.items():
                    best = _best(prepare_wanted(profile), offered, counts, top=options["top"])
                    for tender_id, points in best:
                        run.write(f"{profile_id}\t{tender_id}\t{points:.{_DECIMALS}f}\n")
        except OSError as refused:
            raise CommandError(f"{options['run']}: {refused.strerror}", returncode=_UNREADABLE) from refused
        self.stderr.write(
            f"Ranked {len(tenders)} tenders for {len(profiles)} profiles "
            f"in {time.monotonic() - begun:.1f} s, by the subject parts of the score alone: "
            "value band and place don't count here."
        )


def _best(
    profile: PreparedWanted, offered: Mapping[str, PreparedOffered], counts: TermCounts, *, top: int
) -> list[tuple[str, float]]:
    """The tenders that fit best, best first, equals by id. Those without fit are left out."""
    scored = (
        (identifier, round(subject_score(profile, tender, counts), _DECIMALS))
        for identifier, tender in offered.items()
    )
    fitting = (pair for pair in scored if pair[1] > 0)
    return heapq.nsmallest(top, fitting, key=lambda pair: (-pair[1], pair[0]))
