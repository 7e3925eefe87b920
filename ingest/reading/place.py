"""Where on the map a notice belongs, read from what it says of itself."""

from __future__ import annotations

from dataclasses import replace

from opportunities.parsed_notice import ParsedNotice
from opportunities.places.locate import locate


def with_place(parsed: ParsedNotice) -> ParsedNotice:
    """The notice with city and state filled in where it didn't state them and its words tell.

    The place of work counts before the buyer's name, the buyer before the portal.
    """
    facts = parsed.facts
    if facts.city and facts.state:
        return parsed
    place = locate(
        facts.location or "", *reversed(facts.organisation_chain or ()), facts.title or "", parsed.publisher
    )
    return replace(
        parsed, facts=replace(facts, city=facts.city or place.city, state=facts.state or place.state)
    )
