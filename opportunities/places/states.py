"""The 28 states and 8 union territories, and the grid they are drawn in.

Codes are those of ISO 3166-2:IN as it stands since November 2023: CG, OD, TS and UK replaced CT, OR, TG and
UT there, and DH stands for the union territory merged in 2020. See docs/decisions on places.
"""

from __future__ import annotations

from opportunities.places.records import State, Tile

STATES: tuple[State, ...] = (
    State("AN", "Andaman and Nicobar Islands", ("Andaman & Nicobar", "Andaman and Nicobar")),
    State("AP", "Andhra Pradesh"),
    State("AR", "Arunachal Pradesh"),
    State("AS", "Assam"),
    State("BR", "Bihar"),
    State("CH", "Chandigarh"),
    State("CG", "Chhattisgarh", ("Chattisgarh", "Chhatisgarh")),
    State(
        "DH",
        "Dadra and Nagar Haveli and Daman and Diu",
        ("Dadra and Nagar Haveli", "Dadra & Nagar Haveli", "Daman and Diu", "Daman & Diu", "DNH"),
    ),
    State("DL", "Delhi", ("NCT of Delhi", "National Capital Territory of Delhi")),
    State("GA", "Goa"),
    State("GJ", "Gujarat", ("Gujrat",)),
    State("HR", "Haryana"),
    State("HP", "Himachal Pradesh"),
    State("JK", "Jammu and Kashmir", ("Jammu & Kashmir", "J&K")),
    State("JH", "Jharkhand"),
    State("KA", "Karnataka"),
    State("KL", "Kerala"),
    State("LA", "Ladakh"),
    State("LD", "Lakshadweep"),
    State("MP", "Madhya Pradesh"),
    State("MH", "Maharashtra", ("Maharastra",)),
    State("MN", "Manipur"),
    State("ML", "Meghalaya"),
    State("MZ", "Mizoram"),
    State("NL", "Nagaland"),
    State("OD", "Odisha", ("Orissa",)),
    State("PY", "Puducherry", ("Pondicherry",)),
    State("PB", "Punjab"),
    State("RJ", "Rajasthan"),
    State("SK", "Sikkim"),
    State("TN", "Tamil Nadu", ("Tamilnadu",)),
    State("TS", "Telangana"),
    State("TR", "Tripura"),
    State("UP", "Uttar Pradesh"),
    State("UK", "Uttarakhand", ("Uttaranchal",)),
    State("WB", "West Bengal"),
)

# A grid, never outlines: published borders are disputed. Neighbours stand near each other as far as they can.
_ROWS = (
    (0, "JK:2 LA:3"),
    (1, "CH:1 PB:2 HP:3"),
    (2, "HR:2 DL:3 UK:4 SK:6 AR:8"),
    (3, "RJ:1 UP:3 BR:4 AS:7 NL:8"),
    (4, "GJ:0 MP:2 CG:3 JH:4 WB:5 ML:6 TR:7 MN:8"),
    (5, "DH:0 MH:1 TS:2 OD:4 MZ:8"),
    (6, "GA:0 KA:1 AP:3"),
    (7, "KL:1 TN:2 PY:3 AN:6"),
    (8, "LD:0"),
)
# Where people know a state by other letters than ISO's.
_LABELS = {"DH": "DD"}


def _tile(row: int, words: str) -> Tile:
    code, column = words.split(":")
    return Tile(code, _LABELS.get(code, code), row, int(column))


TILES: tuple[Tile, ...] = tuple(_tile(row, words) for row, line in _ROWS for words in line.split())
