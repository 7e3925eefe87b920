"""A tender page of the made-up portal as its sections of labels and values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.demo.simulator.tenders import Tender

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    rows: tuple[tuple[Pair, ...], ...]


def sections_of(tender: Tender) -> list[Section]:
    return [
        Section("Basic Details", _basics(tender)),
        Section("Tender Fee Details", ((("Tender Fee in ₹", tender.fee),),)),
        Section(
            "EMD Fee Details",
            (
                (("EMD Amount in ₹", tender.emd), ("EMD Exemption Allowed", "No")),
                (("EMD Fee Type", "fixed"),),
            ),
        ),
        Section("Work Item Details", _work_item(tender)),
        Section("Critical Dates", _critical_dates(tender)),
    ]


def _basics(tender: Tender) -> tuple[tuple[Pair, ...], ...]:
    return (
        (("Organisation Chain", tender.organisation_chain),),
        (("Tender Reference Number", tender.reference),),
        (("Tender ID", tender.tender_id), ("Withdrawal Allowed", "Yes")),
        (("Tender Type", tender.type), ("Form Of Contract", tender.form)),
        (("Tender Category", tender.category), ("No. of Covers", "2")),
        (("Payment Mode", "Online"), ("Is Multi Currency Allowed For BOQ", "No")),
    )


def _work_item(tender: Tender) -> tuple[tuple[Pair, ...], ...]:
    return (
        (("Title", tender.title),),
        (("Work Description", tender.description),),
        (("NDA/Pre Qualification", "Please refer Tender documents."),),
        (
            ("Tender Value in ₹", tender.value),
            ("Product Category", tender.product),
            ("Sub category", "NA"),
        ),
        (
            ("Contract Type", "Tender"),
            ("Bid Validity(Days)", "180"),
            ("Period Of Work(Days)", str(tender.period)),
        ),
        (
            ("Location", tender.location),
            ("Pincode", tender.pincode),
            ("Pre Bid Meeting Place", f"Conference hall, {tender.buyer}"),
        ),
        (
            ("Pre Bid Meeting Address", "NA"),
            ("Pre Bid Meeting Date", _moment(tender.prebid_at)),
            ("Bid Opening Place", tender.contact),
        ),
    )


def _critical_dates(tender: Tender) -> tuple[tuple[Pair, ...], ...]:
    published, closes = _moment(tender.published_at), _moment(tender.closes_at)
    return (
        (("Published Date", published), ("Bid Opening Date", _moment(tender.opens_at))),
        (("Document Download / Sale Start Date", published), ("Document Download / Sale End Date", closes)),
        (
            ("Clarification Start Date", published),
            ("Clarification End Date", _moment(tender.enquiries_until)),
        ),
        (("Bid Submission Start Date", published), ("Bid Submission End Date", closes)),
    )


def _moment(at: datetime) -> str:
    return f"{at:%d-%b-%Y %I:%M %p}"
