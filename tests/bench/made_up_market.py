"""A market of 100,000 open opportunities and 1,000 members' profiles, for measuring pages.

A few thousand tenders come in by the product's own road, and the companies of the demo are scored by it. The
rest are copies within the database: rows as real ones are, in seconds rather than an hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, models

from ingest.models import Extraction, RawDocument, Source
from ingest.services import parse_document, receive_upload
from matching.models import CapabilityProfile, Match
from matching.services import label_opportunities, score_profile
from opportunities.models import Notice, Opportunity, OpportunityRevision, SearchEntry
from opportunities.services import note_search_words, write_missing_entries
from portal.accounts.models import Company, Membership, User
from portal.demo.world import load_world
from tests.bench.made_up_tenders import export_of

RECORDED = 1_000
IN_A_DOCUMENT = 250
MATCHES_A_PROFILE = 400
_SCORES = 60  # from 39 up, so that every threshold cuts somewhere


def build_market(*, opportunities: int, profiles: int, folder: Path, now: datetime) -> None:
    """Fill a database without opportunities. Bids close from tomorrow on, over four months.

    Nothing is done where a bench before has made a market already.
    """
    if Source.objects.filter(slug="market").exists():
        return
    source = Source.objects.create(
        slug="market", kind="upload", name="Market", publisher="market.example.org"
    )
    for number, body in enumerate(_exports()):
        document, _ = receive_upload(
            source, name=f"market-{number}.jsonl", media_type="application/jsonl", body=body, now=now
        )
        parse_document(document.pk, now=now)
    _open_all(now)
    _enter_for_search()
    load_world(simulator_url="", folder=folder, now=now, say=lambda _: None)
    for profile in CapabilityProfile.objects.all():
        score_profile(profile.pk, now=now)
    _copy_opportunities(opportunities // RECORDED - 1, now)
    _copy_members(profiles)
    _copy_matches()
    _enter_copies_for_search()
    _execute("ANALYZE")


def _exports() -> Iterable[bytes]:
    lines = export_of(RECORDED).splitlines(keepends=True)
    for start in range(0, RECORDED, IN_A_DOCUMENT):
        yield b"".join(lines[start : start + IN_A_DOCUMENT])


def _open_all(now: datetime) -> None:
    _execute(
        """
        UPDATE opportunities_opportunity
        SET submission_deadline = %(now)s + (1 + id %% 120) * interval '1 day',
            opening_at = %(now)s + (2 + id %% 120) * interval '1 day',
            published_at = %(now)s - (id %% 40) * interval '1 day'
        """,
        {"now": now},
    )


def _copy_opportunities(times: int, now: datetime) -> None:
    originals = list(Opportunity.objects.values_list("pk", flat=True))
    _execute("CREATE TEMPORARY TABLE copied (old bigint, new bigint, number int)")
    _copy(
        Opportunity,
        {"process_id": "old.process_id || '-' || number"},
        f"FROM {_table(Opportunity)} old, generate_series(1, %(times)s) number",
        {"times": times},
    )
    _execute(
        f"""
        INSERT INTO copied SELECT old.id, new.id, split_part(new.process_id, '-', 2)::int
        FROM {_table(Opportunity)} new JOIN {_table(Opportunity)} old
        ON old.process_id = split_part(new.process_id, '-', 1) AND old.id = ANY(%(originals)s)
        WHERE new.id <> old.id
        """,
        {"originals": originals},
    )
    _execute("CREATE INDEX ON copied (old); ANALYZE copied")
    _open_all(now)
    _copy_of_opportunity(Notice, {})
    same = "o.opportunity_id = old.opportunity_id AND o.id = old.notice_id"
    notice = (
        f"(SELECT n.id FROM {_table(Notice)} o JOIN {_table(Notice)} n ON n.opportunity_id = copied.new "
        f"AND n.content_hash = o.content_hash WHERE {same})"
    )
    _copy_of_opportunity(OpportunityRevision, {"notice_id": notice})
    _copy(
        RawDocument,
        {"fingerprint": "'copy-' || old.id || '-' || number"},
        f"FROM {_table(RawDocument)} old, generate_series(1, %(times)s) number",
        {"times": times},
    )
    _copy(
        Extraction,
        {"notice_id": "n.id", "document_id": "document.id"},
        f"FROM {_table(Extraction)} old JOIN {_table(Notice)} o ON o.id = old.notice_id "
        f"JOIN copied ON copied.old = o.opportunity_id JOIN {_table(Notice)} n "
        "ON n.opportunity_id = copied.new AND n.content_hash = o.content_hash "
        f"JOIN {_table(RawDocument)} document "
        "ON document.fingerprint = 'copy-' || old.document_id || '-' || copied.number",
    )


def _copy_of_opportunity(model: type[models.Model], otherwise: Mapping[str, str]) -> None:
    _copy(
        model,
        {"opportunity_id": "copied.new", **otherwise},
        f"FROM {_table(model)} old JOIN copied ON copied.old = old.opportunity_id",
    )


def _enter_for_search() -> None:
    """As the product's own sweeps do it."""
    while write_missing_entries():
        pass
    while note_search_words():
        pass
    while label_opportunities():
        pass


def _enter_copies_for_search() -> None:
    """A copy is about what its original is about, so no text need be read again."""
    while write_missing_entries():
        pass
    _execute(
        f"""
        UPDATE {_table(SearchEntry)} entry
        SET domains = original.domains, domains_version = original.domains_version
        FROM copied JOIN {_table(SearchEntry)} original ON original.opportunity_id = copied.old
        WHERE entry.opportunity_id = copied.new
        """
    )
    _enter_for_search()


def _copy_members(count: int) -> None:
    """Each of the described companies over and over, with a person of its own."""
    companies = Company.objects.bulk_create(Company(name=f"Marknad {n} AB") for n in range(count))
    approved_at = Company.objects.exclude(approved_at=None).values_list("approved_at", flat=True)[0]
    Company.objects.update(approved_at=approved_at)
    users = User.objects.bulk_create(
        User(email=f"market-{n}@example.org", name=f"Person {n}", language="sv") for n in range(count)
    )
    Membership.objects.bulk_create(
        Membership(user=user, company=company) for user, company in zip(users, companies, strict=True)
    )
    originals = list(CapabilityProfile.objects.order_by("pk"))
    copies = []
    for number, company in enumerate(companies):
        original = originals[number % len(originals)]
        values = {
            field.attname: getattr(original, field.attname)
            for field in CapabilityProfile._meta.concrete_fields
            if not field.primary_key
        }
        copies.append(CapabilityProfile(**values | {"company_id": company.pk}))
    CapabilityProfile.objects.bulk_create(copies)


def _copy_matches() -> None:
    """Spread the originals' matches over the copies: other opportunities, the same kinds of reasons."""
    originals = _numbered("original_matches", Match)
    scored = f"SELECT profile_id FROM {_table(Match)}"
    _numbered("copied_profiles", CapabilityProfile, f"WHERE id NOT IN ({scored})")
    opportunities = _numbered("all_opportunities", Opportunity)
    _copy(
        Match,
        {
            "profile_id": "profile.id",
            "opportunity_id": "about.id",
            "score": f"39 + (profile.id * 31 + number * 17) %% {_SCORES}",
        },
        f"""
        FROM copied_profiles profile
        CROSS JOIN generate_series(0, {MATCHES_A_PROFILE - 1}) number
        JOIN all_opportunities about ON about.nth = (profile.nth * 7919 + number * 251) %% {opportunities}
        JOIN original_matches ON original_matches.nth = (profile.nth + number * 13) %% {originals}
        JOIN {_table(Match)} old ON old.id = original_matches.id
        """,
    )


def _numbered(name: str, model: type[models.Model], where: str = "") -> int:
    """A temporary table of a model's keys, counted through from 0; return how many there are."""
    _execute(
        f"CREATE TEMPORARY TABLE {name} AS "
        f"SELECT id, row_number() OVER (ORDER BY id) - 1 AS nth FROM {_table(model)} {where}"
    )
    _execute(f"CREATE UNIQUE INDEX ON {name} (nth)")
    _execute(f"ANALYZE {name}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {name}")
        (count,) = cursor.fetchone() or (0,)
    return int(count)


def _copy(
    model: type[models.Model],
    otherwise: Mapping[str, str],
    origin: str,
    values: Mapping[str, Any] | None = None,
) -> None:
    """Insert what ``origin`` finds: the rows called old, but for the columns that are said otherwise."""
    columns = [column for column in _columns(model) if column in otherwise or not _is_key(model, column)]
    said = ", ".join(otherwise.get(column, f"old.{column}") for column in columns)
    _execute(f"INSERT INTO {_table(model)} ({', '.join(columns)}) SELECT {said} {origin}", values or {})


def _columns(model: type[models.Model]) -> Iterable[str]:
    return [str(field.column) for field in model._meta.concrete_fields if not field.generated]


def _is_key(model: type[models.Model], column: str) -> bool:
    return model._meta.pk is not None and model._meta.pk.column == column


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _execute(statement: str, values: Mapping[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values if values is not None else None)
