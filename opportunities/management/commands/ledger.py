from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opportunities.chain import Examination, Flaw
from opportunities.selectors import examine_ledger, ledger_head

_WRONG = {
    Flaw.MISSING: "Entry {number} stands where entry {expected} should: what was between is gone or moved.",
    Flaw.UNBOUND: "Entry {number} is not bound to the entry before it: one of them was exchanged.",
    Flaw.ALTERED: "Entry {number} does not say what was sealed: it was altered.",
    Flaw.CUT: "The head that was kept is not in the ledger: its end was cut off, or all was written anew.",
}


class Command(BaseCommand):
    help = "Examine the ledger from its first entry, or print its head. Exit 1 if an entry is not as written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser("verify", help="go through every entry")
        verify.add_argument("--head", metavar="SEAL", help="a head that was printed and kept elsewhere")
        actions.add_parser("head", help="the last entry's number and seal, to be kept elsewhere")

    def handle(self, *, action: str, head: str | None = None, **_options: Any) -> None:
        if action == "head":
            self.stdout.write("{} {}".format(*ledger_head()))
            return
        found = examine_ledger(head=head)
        if found.flaw is not None:
            raise CommandError(_sentence(found), returncode=1)
        self.stdout.write(f"{found.entries} entries, each as it was written. Head: {found.head}")


def _sentence(found: Examination) -> str:
    assert found.flaw is not None  # noqa: S101  told to the type checker
    return _WRONG[found.flaw].format(number=found.number, expected=found.entries + 1)
