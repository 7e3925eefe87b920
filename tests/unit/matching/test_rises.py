from __future__ import annotations

from matching.evaluation.rises import Rise, interval, tell


def test_a_rise_that_every_company_shares_is_sure() -> None:
    low, high = interval([0.02, 0.03, 0.02, 0.04, 0.03])

    assert 0.02 <= low < 0.028 < high <= 0.04


def test_a_rise_of_one_company_alone_is_not_told_from_none() -> None:
    low, high = interval([0.2, 0.0, 0.0, 0.0, 0.0])

    assert low == 0 < high


def test_it_tells_the_means_and_how_many_rose_and_fell() -> None:
    line = tell("drawn", [Rise(0.5, 0.6), Rise(0.7, 0.65), Rise(0.4, 0.4)])

    cells = line.split("\t")
    assert cells[:5] == ["drawn", "3", "0.533", "0.550", "+0.017"]
    assert cells[6:] == ["1", "1"]
