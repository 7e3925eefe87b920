"""A profile as it would stand with what a program says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from matching.bidding.records import Presence, Signature
from matching.profile_drafts import (
    LISTS,
    PLAIN,
    SETS,
    ProfileDraft,
    StatedProject,
    StatedTurnover,
    latest_first,
)
from portal.api.problems import Mistake, not_understood


def changed_draft(known: ProfileDraft, told: dict[str, Any], *, now: datetime) -> ProfileDraft:
    """The draft with what is told, of ``ProfileSaid``. Raises a Problem for what can't stand together."""
    stated: dict[str, Any] = {name: told[name] for name in PLAIN if name in told}
    stated |= {name: tuple(dict.fromkeys(told[name])) for name in LISTS if name in told}
    stated |= {name: tuple(sorted(set(told[name]))) for name in SETS if name in told}
    if "indian_presence" in told:
        stated["indian_presence"] = Presence(told["indian_presence"])
    if "digital_signature" in told:
        stated["digital_signature"] = Signature(told["digital_signature"])
    if "yearly_turnovers" in told:
        stated["turnovers"] = _turnovers(told["yearly_turnovers"])
    if "completed_projects" in told:
        stated["projects"] = latest_first(map(_project, told["completed_projects"]))
    draft = replace(known, **stated)
    if mistakes := _mistakes(draft, year=now.year):
        raise not_understood(mistakes)
    return draft


def _turnovers(rows: Iterable[dict[str, Any]]) -> tuple[StatedTurnover, ...]:
    said = (StatedTurnover(row["year"], row["sek_millions"]) for row in rows)
    return tuple(sorted(said, key=lambda turnover: -turnover.year))


def _project(row: dict[str, Any]) -> StatedProject:
    domains = tuple(sorted(set(row.get("domains", ()))))
    return StatedProject(row["name"], row["completed_year"], row["value_sek_millions"], domains)


def _mistakes(draft: ProfileDraft, *, year: int) -> list[Mistake]:
    found = []
    low, high = draft.value_from_inr, draft.value_to_inr
    if low is not None and high is not None and low > high:
        found.append(Mistake("value_to_inr", gettext("The largest contract is smaller than the smallest.")))
    if draft.may_lead_joint_venture and not draft.is_joint_venture_willing:
        found.append(Mistake("may_lead_joint_venture", gettext("Who leads takes part: choose that as well.")))
    years: dict[str, list[int | None]] = {
        "founded_year": [draft.founded_year],
        "yearly_turnovers": [row.year for row in draft.turnovers],
        "completed_projects": [row.completed_year for row in draft.projects],
    }
    for name, told in years.items():
        if any(one is not None and one > year for one in told):
            found.append(Mistake(name, gettext("A year that has begun, please.")))
    return found
