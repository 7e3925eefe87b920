"""What a search finds, for a file: the same lines in the same order as its page."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from matching.views.tables import Exported
from opportunities.explore import Asked, ids_in_order, opportunities_by_id
from portal.lib.batches import batched
from portal.ui.downloads import AT_ONCE


def found_by(asked: Asked) -> Iterator[Exported]:
    """Each that is found and may still be seen when its turn comes."""
    for ids in batched(ids_in_order(asked), AT_ONCE):
        yield from opportunities_by_id(ids, to=asked.to, at=timezone.now())
