from __future__ import annotations

import logging
from enum import StrEnum
from functools import cache

from django.conf import settings

from matching.dense import Encoder, is_possible, is_prepared, load_encoder

logger = logging.getLogger(__name__)


class Meaning(StrEnum):
    """Whether texts can be compared by what they mean here, and if not, why."""

    READ = "read"
    SWITCHED_OFF = "switched_off"
    IMPOSSIBLE = "impossible"  # its wheel or its processor is missing
    NOT_READY = "not_ready"  # no worker has prepared the model yet


def current_encoder() -> Encoder | None:
    """This process's encoder, loaded at the first call; None where there is none or it is switched off.

    It takes 150 MB. Where no process has prepared the model, this one does, in two seconds: for workers.
    """
    return loaded_encoder() if settings.MATCH_BY_MEANING else None


@cache
def loaded_encoder() -> Encoder | None:
    """As ``current_encoder``, which is what to call."""
    return load_encoder(settings.DATA_DIR / "models", tell=logger.info)


def ready_encoder() -> Encoder | None:
    """The encoder, for whoever can't wait for more than its loading: None too where it isn't prepared yet."""
    return current_encoder() if current_meaning() is Meaning.READ else None


def current_meaning() -> Meaning:
    """Whether there is an encoder for ``ready_encoder`` to return. Costs a look into a folder at most."""
    if not settings.MATCH_BY_MEANING:
        return Meaning.SWITCHED_OFF
    if loaded_encoder.cache_info().currsize:
        return Meaning.READ if loaded_encoder() else Meaning.IMPOSSIBLE
    if not is_possible():
        return Meaning.IMPOSSIBLE
    return Meaning.READ if is_prepared(settings.DATA_DIR / "models") else Meaning.NOT_READY
