from __future__ import annotations

from django.conf import settings

from opportunities.exports.told import Republisher


def republisher() -> Republisher:
    """This installation, as it signs what it tells again."""
    return Republisher(
        name=settings.PUBLISHER_NAME, site=settings.SITE_URL, prefix=settings.OPEN_CONTRACTING_PREFIX
    )
