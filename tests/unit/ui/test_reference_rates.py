"""Rates out of a file that somebody publishes, and kronor reckoned at them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.template.loader import render_to_string
from django.utils import translation
from pytest_django import Settings

from portal.lib.money import Money
from portal.ui.published_rates import UnreadableRates, newest_rates
from portal.ui.reference_rates import in_kronor, reference_rates

TODAY = date(2026, 11, 22)
RIKSBANK = (
    "Period;Grupp;Serie;Värde\n"
    "2026-11-18;Valutor mot svenska kronor;100 INR;11,31\n"
    "2026-11-19;Valutor mot svenska kronor;100 INR;11,24\n"
    "2026-11-20;Valutor mot svenska kronor;100 INR;n/a\n"
    "2026-11-20;Valutor mot svenska kronor;1 EUR;10,95\n"
)


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def published(text: str) -> dict[str, tuple[str, str]]:
    rates = newest_rates(text.encode(), today=TODAY)
    return {code: (f"{rate.sek_per_unit:.4f}", rate.on.isoformat()) for code, rate in rates.items()}


def import_file(folder: Path, text: str, encoding: str = "utf-8") -> str:
    file = folder / "given.csv"
    file.write_bytes(text.encode(encoding))
    told = StringIO()
    call_command("import_rates", str(file), stdout=told)
    return told.getvalue()


@pytest.mark.parametrize(
    ("text", "rupee"),
    [
        ("date,INR per SEK\n2026-11-20,8.9\n", "0.1124"),
        ("Date;SEK per INR\n2026-11-20;0,1124\n", "0.1124"),
        ("date\tSEK per 100 INR\n2026-11-20\t11.24\n", "0.1124"),
        ("Datum;SEK/INR\n2026-11-19;0,2\n2026-11-20;0,1124\n2026-11-20;-\n", "0.1124"),
        ("Date,Series,Value\n2026-11-20,SEKINRPMI,0.1124\n", "0.1124"),
        ("\ufeffDate,Series,Value\n2026-11-20,100 INR,11.24\n\n", "0.1124"),
    ],
)
def test_layouts_that_are_read(text: str, rupee: str) -> None:
    assert published(text) == {"INR": (rupee, "2026-11-20")}


def test_the_newest_of_each_currency_counts() -> None:
    assert published(RIKSBANK) == {"INR": ("0.1124", "2026-11-19"), "EUR": ("10.9500", "2026-11-20")}


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("", "empty"),
        ("0.11", "name the columns"),
        ("date,INR per SEK\n", "no rate"),
        ("date,value\n2026-11-20,0.11\n", "what its rates are"),
        ("when,INR per SEK\n2026-11-20,9\n", "day"),
        ("date,INR per SEK\n20/11/2026,9\n", "line 2: “20/11/2026”"),
        ("date,INR per SEK\n2026-11-20,nine\n", "line 2: “nine”"),
        ("date,INR per SEK\n2026-11-20,0\n", "line 2: “0” isn't a rate"),
        ("date,INR per SEK\n2026-11-20\n", "line 2: it has fewer cells"),
        ("date,INR per SEK\n2026-11-23,9\n", "line 2: 2026-11-23 is still to come"),
        ("date,series,value\n2026-11-20,gold,9\n", "“gold” isn't a currency"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(text: str, because: str) -> None:
    with pytest.raises(UnreadableRates, match=because):
        published(text)


def test_kronor_are_reckoned_at_the_imported_rate_with_its_day_and_source(data: Path) -> None:
    assert (
        import_file(data, RIKSBANK, "cp1252").splitlines()[1]
        == "INR: 0.1124 kr, 2026-11-19, Sveriges riksbank"
    )

    assert in_kronor(Money(Decimal(1000), "INR")) == Decimal("112.4")
    assert reference_rates()["USD"].is_shipped
    with translation.override("en"):
        note = render_to_string("components/rate_note.html")
    assert "SEK 0.1124 (Sveriges riksbank, 19" in note


def test_an_older_file_does_not_take_rates_back_in_time(data: Path) -> None:
    import_file(data, RIKSBANK)

    import_file(data, "date,SEK per INR\n2026-11-17,0.13\n")

    assert reference_rates()["INR"].on == date(2026, 11, 19)


@pytest.mark.parametrize("text", ["", "date,SEK per INR\n2026-11-20,11.24\n"], ids=["empty", "other units"])
def test_a_bad_file_loses_nothing(data: Path, text: str) -> None:
    import_file(data, RIKSBANK)
    before = reference_rates()

    with pytest.raises(CommandError, match="Nothing was changed"):
        import_file(data, text)
    with pytest.raises(CommandError, match="can't be read"):
        call_command("import_rates", str(data / "nowhere.csv"))

    assert reference_rates() == before
    assert sorted(path.name for path in data.iterdir()) == ["given.csv", "reference_rates.csv"]
