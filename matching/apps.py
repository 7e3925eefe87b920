from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings

from matching.scoring.imported_cpv import install


class MatchingConfig(AppConfig):
    name = "matching"

    def ready(self) -> None:
        """Know what ``import_cpv`` has learnt, if it ever was run here."""
        install(settings.DATA_DIR)
