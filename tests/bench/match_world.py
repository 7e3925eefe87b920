"""A made-up world in the database: companies' profiles and open opportunities, with a vector for each text.

Texts are put together from the phrases by which languages are centred, and so are the vectors: to encode a
million texts would take an hour.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from django.db import connection, models

from matching.dense import Encoder, Vectors
from matching.dense.centring_phrases import PHRASES
from matching.models import CapabilityProfile, OpportunityVector
from matching.scoring.meaning import text_of_offered
from matching.scoring.records import Offered
from matching.services.kept_vectors import digest_of, to_bytes
from opportunities.models import Notice, Opportunity, OpportunityRevision
from portal.accounts.models import Company

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PUBLISHER = "match-bench.example.org"
PLACES = ("Pune", "Shimla", "Guwahati", "Surat", "Kochi", "Nagpur", "Indore", "Bhubaneswar", "Vadodara")
_STATEMENTS = 4
# Both are odd, so that every pair of phrases comes up.
_STEP, _OTHER_STEP = 7, 31


def make_profiles(count: int) -> None:
    """Half in Swedish, half in English, each with four capabilities and a summary."""
    companies = Company.objects.bulk_create(
        (Company(name=f"Bänk {n} AB", approved_at=NOON) for n in range(count)), batch_size=2_000
    )
    CapabilityProfile.objects.bulk_create(
        (_profile(company, number) for number, company in enumerate(companies)), batch_size=2_000
    )


def _profile(company: Company, number: int) -> CapabilityProfile:
    language = ("sv", "en")[number % 2]
    phrases = PHRASES[language]
    said = [phrases[(number + step * _STEP) % len(phrases)] for step in range(_STATEMENTS + 1)]
    return CapabilityProfile(
        company=company, name="Bench", language=language, summary=said[0], capabilities=said[1:],
        changed_at=NOON - timedelta(days=1),
    )  # fmt: skip


def make_opportunities(count: int) -> None:
    """Inserted by one statement, all open for months and disclosed."""
    Opportunity(
        publisher=PUBLISHER, process_id="bench-0", disclosed_from=NOON, recorded_at=NOON, stage="tender",
        title=_title(0, PLACES[0]), buyer_name="Made-up Smart City Ltd", state="MH",
        submission_deadline=NOON + timedelta(days=300),
    ).save()  # fmt: skip
    fields = [field for field in Opportunity._meta.concrete_fields if not field.primary_key]
    plain = [str(field.column) for field in fields if not isinstance(field, models.GeneratedField)]
    own = {
        "process_id": "'bench-' || n",
        "title": "phrases[1 + n %% cardinality(phrases)] || ' and ' || "
        "lower(phrases[1 + (n / %s + n * %s) %% cardinality(phrases)]) || ' at ' || "
        "places[1 + n %% cardinality(places)]",
        "submission_deadline": "submission_deadline + (n %% 100) * interval '1 day'",
    }
    chosen = ", ".join(own.get(column, f'"{column}"') for column in plain)
    columns = ", ".join(f'"{column}"' for column in plain)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO opportunities_opportunity ({columns}) SELECT {chosen} "  # noqa: S608  # our own names
            "FROM opportunities_opportunity, generate_series(1, %s) n, "
            "(SELECT %s::text[] phrases, %s::text[] places) texts WHERE process_id = 'bench-0'",
            [_STEP, _OTHER_STEP, count - 1, list(PHRASES["en"]), list(PLACES)],
        )
        cursor.execute("ANALYZE opportunities_opportunity")


def _title(number: int, place: str) -> str:
    phrases = PHRASES["en"]
    other = phrases[(number // _STEP + number * _OTHER_STEP) % len(phrases)]
    return f"{phrases[number % len(phrases)]} and {other.lower()} at {place}"


def revise(opportunities: Sequence[Opportunity]) -> None:
    """Give each a notice and a revision that are new at noon."""
    notices = Notice.objects.bulk_create(
        Notice(
            opportunity=opportunity, notice_id="NIT", kind="tender", content={}, content_hash="-",
            seen_at=NOON, recorded_at=NOON,
        )
        for opportunity in opportunities
    )  # fmt: skip
    OpportunityRevision.objects.bulk_create(
        OpportunityRevision(
            opportunity=notice.opportunity, notice=notice, number=1, changes=[], tells_a_change=False,
            recorded_at=NOON,
        )
        for notice in notices
    )  # fmt: skip


def keep_made_up_vectors(encoder: Encoder) -> None:
    """One for each opportunity: between the vectors of the phrases that its title is made of."""
    phrases = list(PHRASES["en"])
    known = dict(zip((phrase.lower() for phrase in phrases), encoder.encode(phrases), strict=True))
    table = OpportunityVector._meta.db_table
    with connection.cursor() as cursor:
        rows = Opportunity.objects.values_list("pk", "title").order_by("pk").iterator(chunk_size=20_000)
        for lines in _lines(rows, known, encoder.version):
            cursor.cursor.copy_expert(
                f"COPY {table} (opportunity_id, encoder_version, digest, vector, encoded_at) FROM STDIN",
                lines,
            )
        cursor.execute(f"ANALYZE {table}")


def _lines(
    rows: Iterator[tuple[int, str]], known: dict[str, Vectors], version: str, size: int = 20_000
) -> Iterator[io.StringIO]:
    chance = np.random.default_rng(5)
    lines = io.StringIO()
    for count, (pk, title) in enumerate(rows, 1):
        text = title.lower()
        vector = np.sum([vector for phrase, vector in known.items() if phrase in text], axis=0)
        vector = vector + 0.02 * chance.standard_normal(len(vector), np.float32)
        kept = to_bytes(vector / np.linalg.norm(vector)).hex()
        digest = digest_of(text_of_offered(Offered(title)))
        lines.write(f"{pk}\t{version}\t{digest}\t\\\\x{kept}\t{NOON.isoformat()}\n")
        if count % size == 0:
            lines.seek(0)
            yield lines
            lines = io.StringIO()
    lines.seek(0)
    yield lines
