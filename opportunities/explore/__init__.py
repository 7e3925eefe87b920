"""Searching what may be seen: every question starts from the one door."""

from opportunities.explore.counts import FacetCounts, Loosened, facet_counts, loosened
from opportunities.explore.results import (
    MOST_RANKED,
    Asked,
    Stretch,
    found_opportunities,
    ids_among,
    ids_in_order,
    narrowed_opportunities,
    opportunities_by_id,
    stretch,
    weekly_volume,
)
from opportunities.explore.said_words import Standing, likely_words, standing_of

__all__ = [
    "MOST_RANKED",
    "Asked",
    "FacetCounts",
    "Loosened",
    "Standing",
    "Stretch",
    "facet_counts",
    "found_opportunities",
    "ids_among",
    "ids_in_order",
    "likely_words",
    "loosened",
    "narrowed_opportunities",
    "opportunities_by_id",
    "standing_of",
    "stretch",
    "weekly_volume",
]
