from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from matching.models import SavedSearch
from matching.models.saved_search import SavedSearchQuerySet
from portal.accounts.models import Company, User

MOST_SEARCHES = 100  # of one company


class SearchNameTaken(Exception):
    """The company keeps another search under this name."""


class TooManySearches(Exception):
    """The company keeps MOST_SEARCHES already."""


def save_search(name: str, query: str, *, company: Company, by: User, now: datetime) -> SavedSearch:
    """Keep a search under a name. Keeping the same under the same name again changes nothing.

    Raises SearchNameTaken and TooManySearches.
    """
    known = _standing(company).filter(name=name, query=query).first()
    if known is not None:
        return known
    _make_sure_of_room(company)
    search = SavedSearch(company=company, name=name, query=query, language=by.language, by=by, created_at=now)
    _write(search)
    return search


def rename_search(search: SavedSearch, name: str) -> None:
    """Raises SearchNameTaken."""
    search.name = name
    _write(search)


def end_search(search: SavedSearch, *, now: datetime) -> None:
    """Keep it no more. Ending again keeps the first moment."""
    SavedSearch.objects.standing().filter(pk=search.pk).update(ended_at=now)


def restore_search(search: SavedSearch) -> None:
    """Keep it again as it was; one that is kept stays so.

    Raises SearchNameTaken where another has its name by now, and TooManySearches.
    """
    if search.ended_at is None:
        return
    _make_sure_of_room(search.company)
    search.ended_at = None
    _write(search)


def _standing(company: Company) -> SavedSearchQuerySet:
    return SavedSearch.objects.standing().filter(company=company)


def _make_sure_of_room(company: Company) -> None:
    if _standing(company).count() >= MOST_SEARCHES:
        raise TooManySearches


def _write(search: SavedSearch) -> None:
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError as clash:
        raise SearchNameTaken from clash
