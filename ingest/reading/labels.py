"""What GePNIC portals call things, on pages and in spreadsheets made from them, and what we call them."""

from __future__ import annotations

import re
from functools import lru_cache

_CURRENCY_NOTE = re.compile(r"(?:\bin\s*)?(?:₹|\brs\b\.?|\binr\b|\brupees\b)")
_PUNCTUATION = re.compile(r"[^\w]+")
# Spellings that differ between portals and years, and mean the same.
_SPELLINGS = {
    "publish": "published",
    "publishing": "published",
    "publication": "published",
    "organization": "organisation",
    "sl": "s",
    "sr": "s",
    "number": "no",
    "nos": "no",
    "dt": "date",
    "prebid": "pre bid",
}

# Their labels for each of our facts, as label_key() writes them, one a line.
_LABELS = {
    "process_id": """tender id
        tender no id
        nit id""",
    "reference": """tender reference no
        tender ref no
        tender reference
        reference no
        ref no""",
    "title": """title
        tender title
        title of tender
        title of work
        work title
        name of work""",
    "description": """work description
        description
        description of work
        tender description""",
    "organisation_chain": """organisation chain
        organisation hierarchy
        organisation""",
    "buyer_name": """organisation name
        name of organisation
        department
        buyer
        buyer name""",
    "location": """location
        work location
        place""",
    "pincode": """pincode
        pin code
        pin""",
    "category": "tender category",
    "product_category": "product category",
    "procurement_method": """tender type
        type of tender""",
    "contract_form": "form of contract",
    "value": """tender value
        value of tender
        tender amount
        estimated value
        estimated cost""",
    "bid_security": """emd amount
        emd
        earnest money
        earnest money deposit
        bid security""",
    "document_fee": """tender fee
        document fee
        tender document fee
        cost of tender document""",
    "published_at": """published date
        published on
        published
        date of published""",
    "documents_from": """document download sale start date
        document download start date
        document sale start date""",
    "documents_until": """document download sale end date
        document download end date
        document sale end date""",
    "enquiry_deadline": """clarification end date
        last date of clarification
        query deadline""",
    "prebid_at": """pre bid meeting date
        pre bid meeting
        pre bid date""",
    "prebid_place": """pre bid meeting place
        pre bid meeting venue""",
    "submission_from": """bid submission start date
        submission start date""",
    "submission_deadline": """bid submission end date
        bid submission closing date
        bid submission deadline
        bid closing date
        bid end date
        closing date
        tender closing date
        submission end date
        submission deadline
        end date
        due date
        last date
        last date of submission
        last date of bid submission""",
    "opening_at": """bid opening date
        tender opening date
        technical bid opening date
        opening date""",
    "bid_validity_days": """bid validity days
        bid validity in days
        bid validity""",
    "period_days": """period of work days
        period of work in days
        period of work
        completion period in days""",
    "stage": """tender stage
        tender status""",
    "eligibility": """eligibility
        eligibility criteria
        eligibility conditions
        qualification criteria
        qualifying criteria
        pre qualification
        pre qualification criteria
        pre qualification details
        nda pre qualification""",
}
_FACT_BY_LABEL = {label.strip(): fact for fact, labels in _LABELS.items() for label in labels.splitlines()}

ELIGIBILITY = "eligibility"  # a cell that may ask for several things: see reading.requirements
TITLE_CELL = "title_reference_id"  # a listing's cell that holds all three: [title][reference][tender ID]


@lru_cache(maxsize=4_096)
def label_key(label: str) -> str:
    """A label without what portals vary: case, punctuation, white space, the currency, old spellings."""
    plain = _CURRENCY_NOTE.sub(" ", label.casefold().replace("\xa0", " "))
    words = _PUNCTUATION.sub(" ", plain.replace("e-publi", "publi").replace("e publi", "publi")).split()
    return " ".join(_SPELLINGS.get(word, word) for word in words)


@lru_cache(maxsize=4_096)
def fact_for(label: str) -> str | None:
    """The fact that a label announces, TITLE_CELL for a listing's combined cell, None for anything else."""
    key = label_key(label)
    words = set(key.split())
    if {"title", "id"} <= words and words & {"ref", "reference", "no"}:
        return TITLE_CELL
    return _FACT_BY_LABEL.get(key)
