"""Tables come in every dialect; what they say stays the same."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Iterator
from itertools import islice

import pytest

from ingest.errors import SourceChanged
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.files import unpacking
from opportunities.parsed_notice import ParsedNotice, Unreadable
from tests.unit.ingest.samples import SAMPLES, without_tables

SOURCE = SourceSettings("office", "", "the office")


def parse(body: bytes) -> Iterator[ParsedNotice | Unreadable]:
    return without_tables(ADAPTERS["upload"].parse(FetchedDocument("file:///table", "", body), SOURCE))


def read(body: bytes | str) -> list[ParsedNotice | Unreadable]:
    return list(parse(body.encode() if isinstance(body, str) else body))


def sample(name: str) -> bytes:
    return (SAMPLES / "upload" / name).read_bytes()


TABLE = 'Tender ID,Title,Tender Value in ₹,Closing Date\n2026_X_1_1,Café at the lake,"1,00,000",31-Dec-2026\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_do_not_matter(encoding: str) -> None:
    assert read(TABLE.encode(encoding)) == read(TABLE)


def test_windows_letters_are_read() -> None:
    (notice,) = read(TABLE.replace("₹", "Rs.").encode("cp1252"))

    assert isinstance(notice, ParsedNotice)
    assert notice.facts.title == "Café at the lake"


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_delimiters_do_not_matter(delimiter: str) -> None:
    lines = TABLE.replace('"1,00,000"', "100000").replace(",", delimiter)
    assert read(lines) == read(TABLE)


def test_excels_note_on_the_delimiter_is_no_row() -> None:
    assert read("sep=,\r\n" + TABLE.replace("\n", "\r\n")) == read(TABLE)


def test_what_is_compressed_is_unpacked() -> None:
    for name in ("portal_labels.jsonl", "report_with_semicolons.csv", "list_of_objects.json"):
        assert read(gzip.compress(sample(name))) == read(sample(name))


def test_json_lines_and_a_json_list_say_the_same() -> None:
    rows = [
        {"Tender ID": f"2026_X_{n}_1", "Title": f"Pump {n}", "Tender Value in ₹": 80.50} for n in range(9)
    ]
    lines = "\n".join(json.dumps(row) for row in rows)
    expected = read(lines)
    assert len(expected) == 9
    for indent in (None, 2):
        assert read(json.dumps(rows, indent=indent)) == expected


def test_the_same_row_twice_is_read_as_the_same_notice() -> None:
    first, second = read(TABLE + TABLE.splitlines()[1])
    assert first == second


def test_a_row_that_does_not_fit_its_header_is_never_squeezed_into_it() -> None:
    notice, unreadable = read(TABLE + "2026_X_2_1,Two, three,cells,too,many\n")

    assert isinstance(notice, ParsedNotice)
    assert isinstance(unreadable, Unreadable)
    assert unreadable.reason == "the row has 6 cells, its header 4"


def test_bids_and_awards_are_not_read() -> None:
    row = {
        "Tender ID": "2026_X_1_1",
        "Title": "",
        "Bidder Name": "Someone Private",
        "awards": [{"bidder": "Someone Private", "value": "9"}],
        "Contract Value :": "INR 9",
    }
    (unreadable,) = read(json.dumps(row) + "\n" + json.dumps(row | {"Title": "Pump"}))[:1]

    assert isinstance(unreadable, Unreadable)
    assert "Someone Private" not in unreadable.excerpt


def test_the_awarded_amount_is_not_the_tenders_value() -> None:
    (notice,) = read(
        '{"Tender ID": "2026_X_1_1", "Title": "Pump", "Tender Stage": "AOC", "Contract Value :": "INR 9"}'
    )

    assert isinstance(notice, ParsedNotice)
    assert notice.facts.value is None


@pytest.mark.parametrize(
    ("more", "publisher"),
    [
        ({"_state": "Assam"}, "gepnic:assam"),
        ({"portal": "tenders.example"}, "tenders.example"),
        ({"publisher": "Tenders.example", "_state": "assam"}, "tenders.example"),
        ({"_state": ""}, "the office"),
        ({}, "the office"),
    ],
)
def test_a_row_may_name_who_numbers_it(more: dict[str, str], publisher: str) -> None:
    (notice,) = read(json.dumps({"Tender ID": "2026_X_1_1", "Title": "Pump"} | more))

    assert isinstance(notice, ParsedNotice)
    assert notice.publisher == publisher


@pytest.mark.parametrize(
    ("words", "codes"), [("34923000-3", ("34923000-3",)), ("34923000; 45316212", ("34923000", "45316212"))]
)
def test_cpv_codes_are_kept(words: str, codes: tuple[str, ...]) -> None:
    (notice,) = read(f"tender/id,tender/title,tender/classification/id\n7,Signals,{words}\n")

    assert isinstance(notice, ParsedNotice)
    assert notice.facts.classification_codes == codes


def test_codes_of_another_scheme_are_a_doubt() -> None:
    (notice,) = read("tender/id,tender/title,tender/classification/id\n7,Signals,Civil works\n")

    assert isinstance(notice, ParsedNotice)
    assert notice.facts.classification_codes is None
    assert [doubt.reason for doubt in notice.doubts] == ["these aren't CPV codes"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n \n", "empty"),
        (b"Name;Phone\nRadha;0\n", "the columns are Name, Phone; needed are"),
        (b"Tender ID,Location\n2026_X_1_1,Pune\n", "needed are Tender ID and Title"),
        (b"Tender ID,Title\n", "no rows below the header"),
        (b'{"releases": []}', "the package holds no releases"),
        (b'{\n "releases": [\n', "the JSON breaks off or is damaged"),
        (b"PK\x03\x04rest", "damaged or incomplete"),
        (gzip.compress(b"PK\x03\x04rest"), "hand it in as it is"),
        (b"%PDF-1.7", "the PDF is damaged"),
        (gzip.compress(b"%PDF-1.7"), "a PDF: hand it in as it is"),
        (b" <html></html>", "no portal we know makes such a page"),
        (b"\x1f\x8b\x08broken", "damaged"),
        (gzip.compress(TABLE.encode() * 50)[:-20], "damaged"),
    ],
)
def test_what_is_no_table_of_tenders_says_so(body: bytes, reason: str) -> None:
    with pytest.raises(SourceChanged, match=reason):
        read(body)


def test_a_list_that_breaks_off_keeps_what_came_before() -> None:
    whole = json.dumps(
        [{"Tender ID": "2026_X_1_1", "Title": "Pump"}, {"Tender ID": "2026_X_2_1", "Title": "Pipe"}]
    )
    notice, unreadable = read(whole[:-10])

    assert isinstance(notice, ParsedNotice)
    assert isinstance(unreadable, Unreadable)
    assert "breaks off" in unreadable.reason


def test_nesting_without_end_is_answered() -> None:
    good = '{"Tender ID": "2026_X_1_1", "Title": "Pump"}\n'
    notice, unreadable = read(good + "[" * 100_000)

    assert isinstance(notice, ParsedNotice)
    assert isinstance(unreadable, Unreadable)


def test_a_small_file_that_unpacks_without_end_is_refused() -> None:
    bomb = gzip.compress(TABLE.encode() + b"2026_X_1_1," + b"Pump " * 6_000_000)
    assert len(bomb) * unpacking.HIGHEST_RATIO < 30_000_000
    with pytest.raises(SourceChanged, match="unpacks to far more"):
        for _ in parse(bomb):
            pass


def test_rows_are_read_one_at_a_time() -> None:
    line = '{"Tender ID": "2026_X_1_1", "Title": "Pump", "Location": "Prithvipur"}\n'
    body = (line * 200_000).encode()
    first = list(islice(parse(body), 20))

    tracemalloc.start()
    for _ in islice(parse(body), 2_000):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(first) == 20
    assert peak < 2_000_000, "the whole file was held in memory"
