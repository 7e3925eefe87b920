"""What opportunities are found by, kept as they are."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from opportunities.models import Opportunity, SearchEntry
from opportunities.places import STATES
from portal.lib.batches import batched

# One statement for a whole batch: the text and its vector never leave the database. With it their buyers are
# to be named anew; whoever does that fills the row in.
_WRITE_ENTRIES = """
WITH marked AS (
    INSERT INTO opportunities_buyernaming AS naming
        (opportunity_id, is_due, publisher, keys, waiting_key, waiting_name)
    SELECT id, true, '', '{}', '', '' FROM unnest(%(ids)s) AS id ORDER BY id
    ON CONFLICT (opportunity_id) DO UPDATE SET is_due = true WHERE NOT naming.is_due
)
INSERT INTO opportunities_searchentry AS entry (
    opportunity_id, stage, domains, domains_version, state, city, buyer, value_band, value_inr,
    submission_deadline, scheme, source, is_joint_venture_allowed, is_global_tender, published_at
)
SELECT
    id, stage, '{}', '', state, city, left(buyer_name, 200),
    CASE
        WHEN value_amount IS NULL OR value_currency <> 'INR' THEN 'unstated'
        WHEN value_amount < 10000000 THEN '0-1'
        WHEN value_amount < 100000000 THEN '1-10'
        WHEN value_amount < 500000000 THEN '10-50'
        WHEN value_amount < 2000000000 THEN '50-200'
        ELSE '200-'
    END,
    CASE WHEN value_currency = 'INR' THEN value_amount END,
    submission_deadline, left(scheme, 200), publisher, is_joint_venture_allowed,
    procurement_method ILIKE '%%global%%', coalesce(published_at, recorded_at)
FROM opportunities_opportunity
WHERE id = ANY(%(ids)s)
ORDER BY id
ON CONFLICT (opportunity_id) DO UPDATE SET
    (stage, domains_version, state, city, buyer, value_band, value_inr, submission_deadline, scheme, source,
     is_joint_venture_allowed, is_global_tender, published_at)
    = ROW(excluded.stage, excluded.domains_version, excluded.state, excluded.city, excluded.buyer,
          excluded.value_band, excluded.value_inr, excluded.submission_deadline, excluded.scheme,
          excluded.source, excluded.is_joint_venture_allowed, excluded.is_global_tender,
          excluded.published_at)
"""
_WRITE_TEXTS = """
INSERT INTO opportunities_searchtext (opportunity_id, vector, has_noted_words)
SELECT id,
    search_vector || setweight(to_tsvector('english', left(concat_ws(
        ' ', buyer_name, city, %(states)s::jsonb ->> state, location, process_id, reference, scheme
    ), 2000)), 'D'),
    false
FROM opportunities_opportunity
WHERE id = ANY(%(ids)s)
ORDER BY id
ON CONFLICT (opportunity_id) DO UPDATE SET
    (vector, has_noted_words) = ROW(excluded.vector, excluded.has_noted_words)
"""
_STATES = json.dumps({state.code: state.name for state in STATES})

# Long enough to be mistyped, and no number.
_NOTE = """
WITH batch AS (
    SELECT text.opportunity_id, opportunity.title, opportunity.description, opportunity.product_category,
           opportunity.buyer_name, opportunity.city
    FROM opportunities_searchtext text
    JOIN opportunities_opportunity opportunity ON opportunity.id = text.opportunity_id
    WHERE NOT text.has_noted_words
    ORDER BY text.opportunity_id
    LIMIT %(most)s
    FOR UPDATE OF text SKIP LOCKED
), said AS (
    SELECT DISTINCT word
    FROM batch, unnest(tsvector_to_array(to_tsvector(
        'simple', concat_ws(' ', title, description, product_category, buyer_name, city)
    ))) AS word
    WHERE word ~ '^[[:alpha:]]{4,40}$'
), noted AS (
    INSERT INTO opportunities_searchword (word) SELECT word FROM said ORDER BY word ON CONFLICT DO NOTHING
)
UPDATE opportunities_searchtext text SET has_noted_words = true
FROM batch WHERE text.opportunity_id = batch.opportunity_id
"""


@dataclass(frozen=True, slots=True)
class DomainsOf:
    """Which solution domains an opportunity is about."""

    opportunity_id: int
    domains: tuple[str, ...]


def write_search_entries(opportunities: Collection[int]) -> None:
    """Bring what these are found by up to date, and have their buyers named. Often comes to the same as once.

    Whoever changed their facts calls it in the same transaction, holding their locks.
    """
    if opportunities:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE_ENTRIES, {"ids": list(opportunities)})
            cursor.execute(_WRITE_TEXTS, {"ids": list(opportunities), "states": _STATES})


def write_missing_entries(*, most: int = 10_000) -> int:
    """Make entries for opportunities that have none, as before there were entries. Return for how many."""
    missing = list(Opportunity.objects.filter(search_entry=None).values_list("pk", flat=True)[:most])
    for batch in batched(missing, 500):
        write_search_entries(batch)
    return len(missing)


def note_search_words(*, most: int = 1_000) -> int:
    """Add the words of what was written since to those that typing is compared with. Return of how many.

    One at a time: two that add the same words in other orders would wait for each other.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('note search words', 0))")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_NOTE, {"most": most})
        noted: int = cursor.rowcount
        return noted


@transaction.atomic
def set_domains(read: Sequence[DomainsOf], *, version: str) -> None:
    """Say which domains these opportunities are about, as a version of the vocabulary has it."""
    found = {one.opportunity_id: one.domains for one in read}
    entries = list(
        SearchEntry.objects.filter(pk__in=found).select_for_update().order_by("pk").only("opportunity_id")
    )
    for entry in entries:
        entry.domains = list(found[entry.pk])
        entry.domains_version = version
    SearchEntry.objects.bulk_update(entries, ["domains", "domains_version"], batch_size=500)
