from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from matching.scoring.vocabulary import DOMAINS
from matching.services import ask
from opportunities.explore import Asked
from opportunities.searching.address import search_from_text
from opportunities.services import note_search_words
from portal.accounts.models import Company

Look = Callable[..., Asked]


@pytest.fixture
def look(vallar: Company) -> Look:
    """Ask as Vallar what an address asks."""

    def asked(query: str, *, language: str = "en", at: datetime | None = None) -> Asked:
        note_search_words()
        search = search_from_text(query, domains=DOMAINS).search
        return ask(search, to=vallar, at=at or timezone.now(), language=language)

    return asked
