"""Where in Sweden a capability can be shown at work."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("test_beds.toml")


@dataclass(frozen=True, slots=True)
class TestBed:
    slug: str
    name: str
    place: str
    domains: tuple[str, ...]  # slugs


@cache
def all_test_beds() -> tuple[TestBed, ...]:
    known = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        TestBed(slug, entry["name"], entry["place"], tuple(entry["domains"])) for slug, entry in known.items()
    )


def demonstrating(wanted: Iterable[str], able: Iterable[str]) -> list[tuple[TestBed, tuple[str, ...]]]:
    """Test beds that could show what a tender asks for and a company can do, with the fields in common.

    Where the company's fields have nothing to do with the tender's, none: a test bed shows what one has.
    """
    common = [domain for domain in wanted if domain in set(able)]
    found = [(bed, tuple(domain for domain in common if domain in bed.domains)) for bed in all_test_beds()]
    return sorted(((bed, shown) for bed, shown in found if shown), key=lambda pair: -len(pair[1]))
