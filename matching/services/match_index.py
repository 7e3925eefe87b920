"""The index of what is wanted and what is open: follows the database, and is asked for what is worth scoring.

Who may see what is no matter of the index: it finds what fits, and pages show what the door lets through.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db.models import Q

from matching.index.manifest import latest
from matching.index.reader import Reader, open_index
from matching.index.records import ALWAYS, FORMAT, Found, Item, Recipe, Side
from matching.index.writer import build_index, replace_items
from matching.models import CapabilityProfile, CapabilityProfileQuerySet, ProfileReach, TermStatistics
from matching.scoring.engine import PreparedOffered, PreparedWanted, scorer_version
from matching.scoring.first_stage import offered_vector, wanted_direction, wanted_vector
from matching.scoring.records import TermCounts
from matching.services.encoder import current_encoder, ready_encoder
from matching.services.reading import read_offered, read_profiles
from matching.services.term_statistics import current_term_counts
from matching.services.vocabulary import with_current_vocabulary
from opportunities.models import Opportunity, OpportunityQuerySet
from portal.lib.batches import batched
from portal.lib.locks import try_advisory_lock

logger = logging.getLogger(__name__)

# So many opportunities of the index are scored for a profile, beside those that full text finds.
BEST = 200
# With so few profiles an opportunity is scored for each of them.
FEW = 300
_BATCH = 200
# Two transactions may be recorded in another order than they began in.
_OVERLAP = timedelta(minutes=2)

# Of a profile that has less than its fill: anything is in reach.
NO_LEAST = -1e9

_open: dict[Path, Reader] = {}


@with_current_vocabulary
def refresh_index(*, now: datetime) -> bool:
    """Bring the index up to the database. Return whether a version was published.

    What changed since the last version is added to it; where there is none that fits, it is built from
    nothing. While another process is at it, nothing is done.
    """
    with try_advisory_lock("matching index") as is_ours:
        if not is_ours:
            return False
        current_encoder()  # prepared first, or a page would see an index of words alone
        counts, label = current_term_counts(), index_label()
        current = latest(index_folder())
        if current is None or current.label != label:
            _build(counts, label, now=now)
            return True
        since = datetime.fromtimestamp(current.as_of, tz=now.tzinfo) - _OVERLAP
        items = {
            Side.WANTED: _wanted(now=now, since=since),
            Side.OFFERED: _offered(counts, now=now, since=since),
        }
        return replace_items(index_folder(), items, {}, label=label, as_of=_seconds(now)) is not None


def current_reader() -> Reader | None:
    """The current version; None where it is of another scorer, encoder or count, or there is none."""
    folder = index_folder()
    manifest = latest(folder)
    if manifest is None or manifest.label != index_label():
        return None
    known = _open.get(folder)
    if known is None or known.manifest.number != manifest.number:
        known = open_index(folder)
        if known is None or known.manifest.label != manifest.label:
            return None
        _open[folder] = known
    return known


def best_opportunities(wanted: PreparedWanted, *, now: datetime) -> Found | None:
    """The open opportunities that a profile fits best, by the index; None where there is none that fits."""
    reader = current_reader()
    if reader is None:
        return None
    query = reader.query(wanted_item(0, wanted), Side.WANTED)
    return reader.best(Side.OFFERED, query, count=BEST, now=_seconds(now))


def profiles_in_reach(
    offered: PreparedOffered, counts: TermCounts, *, now: datetime
) -> CapabilityProfileQuerySet:
    """The profiles for which an opportunity may be among their best; all of them where there are few.

    A profile whose reach isn't known, or that has changed since the index was made, is always one.
    """
    everyone = CapabilityProfile.objects.current()
    reader = current_reader() if everyone.count() > FEW else None
    if reader is None:
        return everyone
    query = reader.query(offered_item(0, offered, counts, until=None), Side.OFFERED)
    found = reader.all(Side.WANTED, query, now=_seconds(now))
    reaches = ProfileReach.objects.filter(label=reader.manifest.label)
    least = dict(reaches.values_list("profile_id", "least"))
    needed = np.array([least.get(pk, NO_LEAST) for pk in found.ids.tolist()])
    in_reach = found.ids[found.scores >= needed].tolist()
    made_at = datetime.fromtimestamp(reader.manifest.as_of, tz=now.tzinfo) - _OVERLAP
    return everyone.filter(Q(pk__in=in_reach) | Q(changed_at__gte=made_at))


def keep_reach(profile_id: int, best: Found) -> None:
    """Remember from which first-stage score on an opportunity is among a profile's best."""
    least = float(best.scores[-1]) if len(best.ids) == BEST else NO_LEAST
    ProfileReach.objects.update_or_create(
        profile_id=profile_id, defaults={"label": index_label(), "least": least}
    )


def index_folder() -> Path:
    return settings.DATA_DIR / "index"


def index_label() -> str:
    """What has to be the same for files to be readable, and vectors and terms to be comparable."""
    encoder = ready_encoder()
    counted = TermStatistics.objects.order_by("-taken_at").values_list("pk", flat=True).first()
    return f"{FORMAT} {scorer_version()} {encoder.version if encoder else 'words'} {counted or 0}"


def wanted_item(profile_id: int, wanted: PreparedWanted) -> Item:
    return Item(profile_id, wanted_vector(wanted), wanted_direction(wanted))


def offered_item(
    opportunity_id: int, offered: PreparedOffered, counts: TermCounts, *, until: datetime | None
) -> Item:
    dense = offered.meaning.vector if offered.meaning else None
    return Item(opportunity_id, offered_vector(offered, counts), dense, _seconds(until) if until else ALWAYS)


def _build(counts: TermCounts, label: str, *, now: datetime) -> None:
    encoder = current_encoder()
    sides = {Side.WANTED: lambda: _wanted(now=now), Side.OFFERED: lambda: _offered(counts, now=now)}
    recipe = Recipe(label, encoder.width if encoder else 0, term_weight=1.0, by_rarity=False)
    manifest = build_index(index_folder(), sides, recipe, as_of=_seconds(now))
    logger.info("index built", extra={"version": manifest.number, "label": label})


def _wanted(*, now: datetime, since: datetime | None = None) -> Iterator[Item]:
    profiles = CapabilityProfile.objects.current()
    if since is not None:
        profiles = profiles.filter(changed_at__gte=since)
    for batch in batched(profiles.iterator(chunk_size=_BATCH), _BATCH):
        for pk, wanted in read_profiles(batch, now=now).items():
            yield wanted_item(pk, wanted)


def _offered(counts: TermCounts, *, now: datetime, since: datetime | None = None) -> Iterator[Item]:
    rows = searchable(now=now)
    if since is not None:
        rows = rows.filter(revisions__recorded_at__gte=since).distinct()
    rows = rows.defer("search_vector").order_by("pk")
    for batch in batched(rows.iterator(chunk_size=_BATCH), _BATCH):
        for opportunity, offered in zip(batch, read_offered(batch, now=now), strict=True):
            yield offered_item(opportunity.pk, offered, counts, until=opportunity.submission_deadline)


def searchable(*, now: datetime) -> OpportunityQuerySet:
    """What a profile may be matched with."""
    return Opportunity.objects.without_canaries().standing().open_at(now)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
