"""The subject line: what is inside, and the first of it by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from django.utils.text import Truncator
from django.utils.translation import ngettext

from matching.delivery.digest import Digest, DigestLine
from matching.delivery.sections import CALLED_OFF, Section

LONGEST_TITLE = 70

# In the order they are named.
_COUNTED: dict[str, Callable[[int], str]] = {
    "tendered": lambda n: (
        ngettext("%(n)d followed project tendered", "%(n)d followed projects tendered", n) % {"n": n}
    ),
    "called_off": lambda n: ngettext("%(n)d called off", "%(n)d called off", n) % {"n": n},
    "moved": lambda n: ngettext("%(n)d deadline moved", "%(n)d deadlines moved", n) % {"n": n},
    "changed": lambda n: ngettext("%(n)d tender changed", "%(n)d tenders changed", n) % {"n": n},
    "closing": lambda n: ngettext("%(n)d closing soon", "%(n)d closing soon", n) % {"n": n},
    "last_call": lambda n: (
        ngettext("%(n)d closing within two days", "%(n)d closing within two days", n) % {"n": n}
    ),
    "new": lambda n: ngettext("%(n)d new tender", "%(n)d new tenders", n) % {"n": n},
    "early": lambda n: ngettext("%(n)d early-stage project", "%(n)d early-stage projects", n) % {"n": n},
    "caught_up": lambda n: ngettext("%(n)d found late", "%(n)d found late", n) % {"n": n},
}


def digest_subject(digest: Digest) -> str:
    """In the language that is active."""
    counts = Counter(_kind(line) for line in digest.lines)
    counts["tendered"] = len(digest.tendered)
    inside = counts_in_words(counts)
    # A title may hold a line break, and a header must not.
    first = digest.tendered[0].tender_title if digest.tendered else digest.lines[0].title
    title = " ".join(first.split())
    return f"{inside} – {Truncator(title).chars(LONGEST_TITLE)}"


def counts_in_words(counts: Mapping[str, int]) -> str:
    """By kind or section: "2 tenders changed, 1 closing soon", in the language that is active."""
    return ", ".join(words(counts[kind]) for kind, words in _COUNTED.items() if counts.get(kind))


def _kind(line: DigestLine) -> str:
    if line.due.section != Section.CHANGED:
        return str(line.due.section)
    if line.stage in CALLED_OFF:
        return "called_off"
    return "moved" if any(c.field == "submission_deadline" for c in line.changes) else "changed"
