"""What the product needs is in each set of locked packages that the product is run with, and the same."""

from __future__ import annotations

import re

import pytest

from portal.running.places import ROOT

_LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*==\S+)", re.MULTILINE)


def locked(name: str) -> set[str]:
    return set(_LOCKED.findall((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")))


@pytest.mark.parametrize(("larger", "smaller"), [("test", "run"), ("bench", "test")])
def test_one_set_has_all_of_the_other(larger: str, smaller: str) -> None:
    assert len(locked(smaller)) > 10
    assert locked(smaller) - locked(larger) == set()
