from __future__ import annotations

from collections.abc import Iterable

from opportunities.exports.oc4ids.project import project
from opportunities.exports.ocds import ADDRESS, LICENCE, publisher
from opportunities.exports.told import Json, Republisher, ToldProject

VERSION = "0.9"


def project_package(told: Iterable[ToldProject], by: Republisher, *, path: str) -> Json:
    """Projects as one package, dated by what was told last. ``path`` is where it is published.

    Raises ValueError for none: the standard knows no package without a project.
    """
    known = [*told]
    dates = [one.updated_at.isoformat(timespec="seconds") for one in known]
    return {
        "uri": f"{by.site}{path}",
        "publishedDate": max(dates),
        "publisher": publisher(by),
        "license": LICENCE,
        "publicationPolicy": f"{by.site}{ADDRESS}/",
        "version": VERSION,
        "projects": [project(one, by) for one in known],
    }
