from __future__ import annotations

import pytest

from opportunities.sameness.numbers import name_different_parts, numbers_in, parts_named


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Storm-water drains, Package 3", "Storm-water drains, Package 4"),
        ("Storm-water drains, Package-3", "Storm-water drains"),
        ("Improvement of roads in Ward No. 12", "Improvement of roads in Ward No. 21"),
        ("LED street lights Phase II", "LED street lights Phase III"),
        ("LED street lights Phase II", "LED street lights"),
        ("Supply of pumps Lot A", "Supply of pumps Lot B"),
        ("Annual maintenance for the year 2025-26", "Annual maintenance for the year 2026-27"),
        ("Culvert at Ch. 1200 m", "Culvert at Ch. 1450 m"),
        ("Road from KM 3 to KM 5", "Road from KM 5 to KM 8"),
    ],
)
def test_titles_that_number_different_parts_are_of_different_tenders(one: str, other: str) -> None:
    assert name_different_parts(one, other)
    assert name_different_parts(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Storm-water drains, Package 3", "STORM WATER DRAINS (PKG-03)"),
        ("LED street lights Phase II", "LED street lights, phase 2"),
        ("Water meters for 14,500 connections", "Water meters for 14500 connections"),
        (
            "SCADA for 24x7 water supply",
            "Supply and five years O&M of SCADA for 24X7 water supply in 34 tanks",
        ),
        ("Smart poles", "Smart poles with LED lighting"),
    ],
)
def test_titles_that_may_be_of_one_tender(one: str, other: str) -> None:
    assert not name_different_parts(one, other)
    assert not name_different_parts(other, one)


def test_a_part_is_its_label_and_its_number() -> None:
    assert parts_named("Wards 4, Pkg No. 07 of Phase-IV") == {("ward", "4"), ("package", "7"), ("phase", "4")}


def test_numbers_are_spelled_one_way() -> None:
    assert numbers_in("14,500 poles, 24X7, 007") == {"14500", "24x7", "7"}
