"""Everything that is kept about a person or a company.

It is found by walking the tables, so what a new one keeps comes along by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import CASCADE, ForeignKey, ManyToOneRel, OneToOneRel

from matching.models import CapabilityProfile, Match
from opportunities.selectors import processes_behind, visible_opportunities
from portal.accounts.models import Company, Membership, User

# What opens something, means nothing outside of us, or tells of another company (a partner's concerns).
SECRETS = frozenset({"password", "token_hash", "session_key", "data", "key", "concerns"})
# Rows that tell who somebody is: another's is left out wherever a row leads to it.
_WHO: tuple[type[models.Model], ...] = (User, Company, CapabilityProfile)


@dataclass(frozen=True, slots=True)
class KeptRows:
    """The rows of one table, each with its columns and what they say."""

    table: str
    rows: tuple[dict[str, Any], ...]


@dataclass(slots=True)
class _Walk:
    """Goes down from one row to all that belongs to it."""

    seen: dict[type[models.Model], dict[Any, models.Model]] = field(default_factory=dict)

    def visit(self, model: type[models.Model], found: models.QuerySet[Any], *, goes_on: bool) -> None:
        known = self.seen.setdefault(model, {})
        new = {row.pk: row for row in found if row.pk not in known}
        known.update(new)
        if new and goes_on:
            for relation in relations_to(model):
                theirs = relation.related_model
                below = theirs._default_manager.filter(**{f"{relation.field.name}__in": list(new)})
                # What goes with a row belongs to it; what merely names it belongs to something else.
                self.visit(theirs, below, goes_on=relation.on_delete is CASCADE)


def kept_about_person(user: User) -> list[KeptRows]:
    walk = _Walk()
    walk.visit(User, User.objects.filter(pk=user.pk), goes_on=True)
    own_companies = Membership.objects.filter(user=user).values("company")
    walk.visit(Company, Company.objects.filter(pk__in=own_companies), goes_on=False)
    own_profiles = CapabilityProfile.objects.filter(company__in=own_companies)
    return _told(walk, {User: {user.pk}, CapabilityProfile: set(own_profiles.values_list("pk", flat=True))})


def kept_about_company(company: Company, *, at: datetime) -> list[KeptRows]:
    """What it may not know of yet has been scored for it all the same, and is left out."""
    walk = _Walk()
    walk.visit(Company, Company.objects.filter(pk=company.pk), goes_on=True)
    known = processes_behind(visible_opportunities(to=company, at=at))
    told = Match.objects.filter(profile__company=company, opportunity__in=known)
    walk.seen[Match] = {match.pk: match for match in told}
    colleagues = Membership.objects.filter(company=company).values_list("user", flat=True)
    return _told(walk, {User: set(colleagues)})


def _told(walk: _Walk, own: dict[type[models.Model], set[Any]]) -> list[KeptRows]:
    own = {who: own.get(who, set()) | set(walk.seen.get(who, {})) for who in _WHO}
    by_table = {
        # In an order of their own: the database's may change with rows that aren't even told.
        model._meta.label: tuple(_columns(rows[pk], own) for pk in sorted(rows))
        for model, rows in walk.seen.items()
        if rows
    }
    return [KeptRows(table, rows) for table, rows in sorted(by_table.items())]


def _columns(row: models.Model, own: dict[type[models.Model], set[Any]]) -> dict[str, Any]:
    said = {}
    for column in row._meta.concrete_fields:
        value = column.value_from_object(row)
        whose = own.get(column.related_model) if isinstance(column, ForeignKey) else None
        is_anothers = whose is not None and value not in whose
        if column.name not in SECRETS and not isinstance(column, models.BinaryField) and not is_anothers:
            said[column.name] = value
    return said


def relations_to(model: type[models.Model]) -> Iterator[ManyToOneRel]:
    """How other tables' rows lead to this one's."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel | OneToOneRel):
            yield relation
