from __future__ import annotations

import logging
from functools import cache

from django.conf import settings

from matching.dense import Encoder, load_encoder

logger = logging.getLogger(__name__)


@cache
def current_encoder() -> Encoder | None:
    """This process's encoder, loaded at the first call; None where there is none or it is switched off.

    For workers: it takes 150 MB, and a page must not wait for it.
    """
    if not settings.MATCH_BY_MEANING:
        return None
    return load_encoder(settings.DATA_DIR / "models", tell=logger.info)
