"""Our solution domains as sectors of OC4IDS (code list projectSector)."""

from __future__ import annotations

from collections.abc import Iterable

# Security and rescue belong to governance there, and what is measured of the air to the economy.
SECTORS = {
    "agriculture-industry": "economy",
    "buildings": "governance",
    "command-centre": "governance",
    "disaster-fire": "governance",
    "e-governance": "governance",
    "e-mobility": "transport.lowCarbon",
    "education": "education",
    "energy-storage": "energy",
    "environment": "economy",
    "health": "health",
    "lighting": "energy",
    "network-telecom": "communications",
    "power-grid": "energy",
    "public-transport": "transport.urban",
    "roads-structures": "transport.road",
    "solar-renewables": "energy.solar",
    "solid-waste": "waterAndWaste",
    "surveillance": "governance",
    "traffic": "transport.road",
    "wastewater": "waterAndWaste",
    "water-supply": "waterAndWaste",
}


def sectors_of(domains: Iterable[str]) -> list[str]:
    """The sectors of these domains, each once; a part of a sector stands with the whole."""
    named = [SECTORS[slug] for slug in domains if slug in SECTORS]
    return [*dict.fromkeys(code for name in named for code in (name.split(".")[0], name))]
