"""Tenders and profiles as collections of judged pairs write them, read as the scorer's records.

Keys that are missing or null are taken as not stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from matching.scoring.json_lines import UnreadableLines, read_json_lines
from matching.scoring.records import Offered, Wanted

_CELLS = 3
_GRADES = ("0", "1", "2", "3")


def read_tenders(path: Path) -> dict[str, Offered]:
    """Tenders by their id, in the file's order. Raise ``UnreadableLines``, also for an id seen twice."""
    return {
        identifier: Offered(
            title=_text(row, "title"),
            description=_text(row, "description"),
            buyer_name=_text(row, "organisation_chain"),
            category=_text(row, "tender_category"),
            product_category=_text(row, "product_category"),
            value_inr=_amount(row.get("value_inr"), place),
            city=_text(row, "location"),
        )
        for identifier, row, place in _rows(path)
    }


def read_profiles(path: Path) -> dict[str, Wanted]:
    """Profiles by their id, in the file's order. Raise ``UnreadableLines``, also for an id seen twice."""
    return {identifier: _wanted(row, place) for identifier, row, place in _rows(path)}


def _wanted(row: Mapping[str, Any], place: str) -> Wanted:
    band = row.get("value_band_inr") or (None, None)
    if not isinstance(band, list | tuple) or len(band) != 2:
        raise UnreadableLines(f"{place}: value_band_inr is not two numbers")
    return Wanted(
        language=_language(row),
        summary=_text(row, "summary"),
        capabilities=_texts(row, "capabilities", place),
        references=_texts(row, "references", place),
        classification_codes=_texts(row, "cpv", place),
        value_from_inr=_amount(band[0], place),
        value_to_inr=_amount(band[1], place),
        is_joint_venture_willing=row.get("jv_willing") is True,
    )


def _language(row: Mapping[str, Any]) -> str:
    """As stated; a profile that doesn't say is taken by its letters."""
    if _text(row, "lang"):
        return "sv" if _text(row, "lang").casefold().startswith("sv") else "en"
    said = " ".join(str(row.get(key) or "") for key in ("summary", "capabilities", "references"))
    return "sv" if any(letter in said.casefold() for letter in "åäö") else "en"


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    seen: set[str] = set()
    for number, row in read_json_lines(path, needed="id"):
        place = f"{path}, line {number}"
        if row["id"] in seen:
            raise UnreadableLines(f"{place}: {row['id']} stands there twice")
        seen.add(row["id"])
        yield row["id"], row, place


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return "" if value is None else str(value)


def _texts(row: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    values = row.get(key) or []
    if not isinstance(values, list):
        raise UnreadableLines(f"{place}: {key} is not a list")
    return tuple(str(value) for value in values)


def _amount(value: object, place: str) -> Decimal | None:
    if value is None:
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation as mistake:
        raise UnreadableLines(f"{place}: {value!r} is not an amount") from mistake


def read_grades(path: Path) -> dict[str, dict[str, int]]:
    """Judgements by profile and tender; a line is ``profile TAB tender TAB grade``."""
    grades: dict[str, dict[str, int]] = {}
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as refused:
        raise UnreadableLines(f"{path}: {refused.strerror}") from refused
    except UnicodeDecodeError as mistake:
        raise UnreadableLines(f"{path}: not UTF-8 ({mistake.reason})") from mistake
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        if cells in ([""], ["profile_id", "tender_id", "grade"]):
            continue
        if len(cells) != _CELLS or cells[2] not in _GRADES:
            raise UnreadableLines(f"{path}, line {number}: not a profile, a tender and a grade from 0 to 3")
        grades.setdefault(cells[0], {})[cells[1]] = int(cells[2])
    return grades
