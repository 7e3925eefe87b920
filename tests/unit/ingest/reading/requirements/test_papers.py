from __future__ import annotations

import pytest

from opportunities.parsed_notice import RequirementKind
from tests.unit.ingest.reading.requirements.asked import read


def names(sentence: str, kind: RequirementKind) -> list[object]:
    return [one.get("name") for one in read(sentence, kind)]


@pytest.mark.parametrize(
    ("sentence", "certificates"),
    [
        ("The bidder must hold valid ISO 9001:2015 certification.", ["ISO 9001"]),
        (
            "Bidders shall be certified to ISO 9001, ISO 27001 and ISO 20000.",
            ["ISO 9001", "ISO 27001", "ISO 20000"],
        ),
        (
            "ISO 9001:2015, 14001:2015 and 45001:2018 certificates are mandatory.",
            ["ISO 9001", "ISO 14001", "ISO 45001"],
        ),
        ("The OEM should possess ISO/IEC 27001 certification.", ["ISO 27001"]),
        ("The firm must be assessed at CMMI Level 3 or above.", ["CMMI level 3"]),
        ("CMMi level III certification is required of the bidder.", ["CMMI level 3"]),
        ("Software must be STQC certified before go-live.", ["STQC"]),
        ("Cameras shall be BIS certified and STQC certified.", ["BIS", "STQC"]),
        ("The bidder should hold ISO 9001 or CMMI level 5 certification.", ["ISO 9001 or CMMI level 5"]),
        ("The agency must be CERT-In empanelled.", ["CERT-In"]),
        ("Tests must be done by an NABL accredited laboratory.", ["NABL"]),
    ],
)
def test_certificates_are_read(sentence: str, certificates: list[str]) -> None:
    assert sorted(map(str, names(sentence, RequirementKind.CERTIFICATION))) == sorted(certificates)


@pytest.mark.parametrize(
    "sentence",
    [
        "Supply of ISO VG 32 oil.",
        "Conducting cyber security audit and ISO 27001 certification of IT systems.",
        "Supply of BIS level-2 transformers.",
        "Bridge under package TRC/SOPD-G/BIS/10.",
        "Construction of a Soil Testing Quality Control and Input Testing (STQCandIT) laboratory.",
        "Supply of certified seeds.",
        "Water meters conforming to ISO-4064.",
    ],
)
def test_what_is_only_named_is_no_certificate(sentence: str) -> None:
    assert names(sentence, RequirementKind.CERTIFICATION) == []


@pytest.mark.parametrize(
    ("sentence", "registered"),
    [
        ("The bidder must have a valid GST registration and PAN.", ["GST", "PAN"]),
        ("Bidders shall attach copies of PAN card and GSTIN registration.", ["GST", "PAN"]),
        ("The bidder should be registered under the Companies Act, 1956 or 2013.", ["Companies Act"]),
        ("EPF and ESIC registration certificates of the bidder are mandatory.", ["EPF", "ESI"]),
        (
            "Only class I-A contractors and above registered with the PWD are eligible.",
            ["contractor class I-A"],
        ),
        ("Bidders must be registered contractors of Class-AA.", ["contractor class AA"]),
        ("Eligible are registered class II contractors.", ["contractor class II"]),
    ],
)
def test_registrations_are_read(sentence: str, registered: list[str]) -> None:
    assert sorted(map(str, names(sentence, RequirementKind.REGISTRATION))) == sorted(registered)


@pytest.mark.parametrize(
    "sentence",
    [
        "The price must be inclusive of GST.",
        "18% GST shall be paid extra.",
        "Pan Basti road must be repaired.",
        "Cameras shall have pan, tilt and zoom.",
        "A pan-India warranty is required.",
        "Online registration of class IX students.",
        "The contractor shall rebuild Class II of the school.",
        "Only Class-I local suppliers are eligible.",
    ],
)
def test_what_is_only_named_is_no_registration(sentence: str) -> None:
    assert names(sentence, RequirementKind.REGISTRATION) == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("A valid Class III digital signature certificate is required to bid.", "Class 3"),
        ("Bidders must have a Class-3 DSC.", "Class 3"),
        ("Bids shall be digitally signed.", None),
        ("Bidders need to obtain a DSC from a licensed authority.", None),
    ],
)
def test_a_signature_is_read(sentence: str, name: str | None) -> None:
    assert names(sentence, RequirementKind.DIGITAL_SIGNATURE) == [name]


@pytest.mark.parametrize(
    "sentence",
    [
        "Supply of Digital Signature Certificates for judicial officers, at least 389.",
        "Procurement of digital signatures with USB token.",
        "DSC road at Manduli must be repaired.",
    ],
)
def test_signatures_that_are_bought_are_not_asked_for(sentence: str) -> None:
    assert names(sentence, RequirementKind.DIGITAL_SIGNATURE) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The technical bid must also be submitted in hard copy.",
        "Hard copies shall reach the office by 15:00 hrs the same day.",
        "Originals of the EMD to be submitted physically in a sealed cover.",
    ],
)
def test_paper_is_asked_for(sentence: str) -> None:
    assert read(sentence, RequirementKind.HARD_COPY) == [{}]


@pytest.mark.parametrize(
    "sentence",
    [
        "No hard copy shall be submitted.",
        "Hard copies will not be accepted.",
        "Bidders need not submit a hard copy.",
        "The consultant shall print hard copy maps.",
        "Physical bids are not accepted.",
    ],
)
def test_paper_is_not_asked_for(sentence: str) -> None:
    assert read(sentence, RequirementKind.HARD_COPY) == []
