"""Tenders by the thousand, as a portal's export would hold them. Made up, the same for the same number."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

WORKS = (
    "Providing and laying of {n} mm ductile iron water mains with SCADA at {place}",
    "Supply, installation and commissioning of {n} smart LED street lights at {place}",
    "Repair and maintenance of drainage and footpaths in ward no. {n} of {place}",
    "Design, build and operation of a {n} KLD sewage treatment plant at {place}",
    "Selection of system integrator for {n} traffic signals with adaptive control in {place}",
)
PLACES = ("Pune", "Shimla", "Guwahati", "Surat", "Kochi", "Nagpur", "Indore", "Bhubaneswar")
OFFICES = ("Public Works Department", "Municipal Corporation", "Smart City Limited", "Water Supply Board")


def export_of(count: int) -> bytes:
    """JSON lines with the labels of a tender page."""
    return "\n".join(json.dumps(tender, ensure_ascii=False) for tender in _tenders(count)).encode()


def _tenders(count: int) -> Iterator[dict[str, str]]:
    dice = random.Random(2026)  # noqa: S311  # repeatable, not secret
    start = datetime(2026, 1, 1, 9, 0)  # noqa: DTZ001  # portals write local time
    for number in range(count):
        place = dice.choice(PLACES)
        title = dice.choice(WORKS).format(n=dice.randrange(10, 900), place=place)
        published = start + timedelta(hours=dice.randrange(7000))
        yield {
            "Tender ID": f"2026_MADEUP_{number}_1",
            "Tender Reference Number": f"MU/{number // 7}/2026",
            "Title": title,
            "Work Description": f"{title}, with five years of operation and maintenance as per the tender.",
            "Organisation Chain": f"{place} {dice.choice(OFFICES)}||Division {dice.randrange(1, 9)}",
            "Tender Type": "Open Tender",
            "Tender Category": dice.choice(("Works", "Goods", "Services")),
            "Product Category": "Civil Works",
            "Tender Value in ₹": f"{dice.randrange(1, 90)},{dice.randrange(10, 99)},000",
            "EMD Amount in ₹": f"{dice.randrange(10, 99)},000",
            "Location": place,
            "Pincode": str(dice.randrange(110001, 799999)),
            "Published Date": f"{published:%d-%b-%Y %I:%M %p}",
            "Bid Submission End Date": f"{published + timedelta(days=21):%d-%b-%Y %I:%M %p}",
            "Bid Opening Date": f"{published + timedelta(days=22):%d-%b-%Y %I:%M %p}",
        }
