"""Measures the product's own scorer on files that are no part of it. No database is needed.

``evaluate`` ranks a file of tenders for each of a file of profiles, ``evaluate bids`` compares with who bid
on public tenders, ``evaluate cpv`` finds English labels for Swedish ones.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from matching.dense import load_encoder
from matching.evaluation.bids.report import report_on_bids
from matching.evaluation.cpv_check import check_cpv
from matching.evaluation.kept_vectors import KeptVectors
from matching.evaluation.ranking import DECIMALS, rank, read_corpus, read_profile
from matching.evaluation.report import report
from matching.evaluation.verdicts import verdicts_report
from matching.scoring.cpv_file import read_cpv
from matching.scoring.engine import Meanings
from matching.scoring.json_lines import UnreadableLines
from matching.scoring.judged_files import read_grades, read_profiles, read_tenders

_UNREADABLE = 2


class Command(BaseCommand):
    help = (
        "Rank a corpus of tenders for each profile, write profile_id TAB tender_id TAB score, "
        "and with --qrels say how good that is; or check against bids, or against CPV labels."
    )
    requires_system_checks = ()
    _needs: ClassVar = {"judged": ("corpus", "profiles", "run"), "bids": ("data",), "cpv": ("labels",)}

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("check", nargs="?", default="judged", choices=list(self._needs))
        parser.add_argument("--corpus", type=Path, help="tenders, one JSON object a line")
        parser.add_argument("--profiles", type=Path, help="profiles, one JSON object a line")
        parser.add_argument("--run", type=Path, help="where the ranking is written")
        parser.add_argument("--data", type=Path, help="bids: a folder of STATE.jsonl.gz")
        parser.add_argument("--labels", type=Path, help="cpv: a table with the columns code, sv and en")
        parser.add_argument("--qrels", type=Path, help="judgements: profile_id TAB tender_id TAB grade 0-3")
        parser.add_argument("--top", type=int, default=100, help="tenders per profile (default: 100)")
        parser.add_argument(
            "--verdicts", type=int, default=0, help="with --qrels: measure what so many verdicts each teach"
        )
        parser.add_argument("--without-dense", action="store_true", help="leave the meaning of texts out")

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [f"--{name}" for name in self._needs[options["check"]] if not options[name]]
        if missing:
            raise CommandError(f"{', '.join(missing)} missing", returncode=_UNREADABLE)
        if options["top"] < 1:
            raise CommandError("--top must be at least 1", returncode=_UNREADABLE)
        encoder = None if options["without_dense"] else self._encoder()
        checks = {"judged": self._judged, "bids": self._bids, "cpv": self._cpv}
        try:
            checks[options["check"]](options, encoder)
        except UnreadableLines as unreadable:
            raise CommandError(str(unreadable), returncode=_UNREADABLE) from unreadable
        if encoder is not None:
            encoder.keep()

    def _judged(self, options: Mapping[str, Any], encoder: KeptVectors | None) -> None:
        begun = time.monotonic()
        tenders = read_tenders(options["corpus"])
        profiles = read_profiles(options["profiles"])
        grades = read_grades(options["qrels"]) if options["qrels"] else {}
        meanings = Meanings(encoder) if encoder else None
        corpus = read_corpus(tenders, meanings)
        wanted = {identifier: read_profile(profile, meanings) for identifier, profile in profiles.items()}
        self._write(options["run"], {i: rank(p, corpus, top=options["top"]) for i, p in wanted.items()})
        if grades:
            self.stdout.write(report(wanted, corpus, grades))
        if grades and options["verdicts"] > 0:
            self.stdout.write(verdicts_report(wanted, corpus, grades, verdicts=options["verdicts"]))
        self.stderr.write(
            f"Ranked {len(tenders)} tenders for {len(profiles)} profiles "
            f"in {time.monotonic() - begun:.1f} s, {'with' if meanings else 'without'} the meaning of texts, "
            "by the subject parts of the score alone: value band and place don't count here."
        )

    def _bids(self, options: Mapping[str, Any], encoder: KeptVectors | None) -> None:
        try:
            self.stdout.write(report_on_bids(options["data"], encoder, self.stderr.write))
        except ModuleNotFoundError as missing:
            raise CommandError(
                f"{missing.name} isn't installed; requirements/bench.txt has it", returncode=_UNREADABLE
            ) from missing

    def _cpv(self, options: Mapping[str, Any], encoder: KeptVectors | None) -> None:
        if encoder is None:
            raise CommandError("this check needs the meaning of texts, which this machine can't read")
        found = check_cpv(read_cpv(options["labels"]), encoder)
        self.stdout.write(
            f"Swedish labels against {found.labels} English ones: recall@1 {found.recall_at_1:.3f}, "
            f"recall@10 {found.recall_at_10:.3f}, MRR {found.reciprocal_rank:.3f}"
        )

    def _encoder(self) -> KeptVectors | None:
        if not settings.MATCH_BY_MEANING:
            return None
        encoder = load_encoder(settings.DATA_DIR / "models", tell=self.stderr.write)
        if encoder is None:
            return None
        return KeptVectors(encoder, settings.DATA_DIR / "evaluation", tell=self._tell)

    def _tell(self, done: int, of: int) -> None:
        self.stderr.write(f"Read {done} of {of} new texts for their meaning")

    def _write(self, path: Path, rankings: Mapping[str, list[tuple[str, float]]]) -> None:
        try:
            with path.open("w", encoding="utf-8", newline="\n") as run:
                for profile_id, ranking in rankings.items():
                    for tender_id, margin in ranking:
                        run.write(f"{profile_id}\t{tender_id}\t{margin:.{DECIMALS}f}\n")
        except OSError as refused:
            raise CommandError(f"{path}: {refused.strerror}", returncode=_UNREADABLE) from refused
