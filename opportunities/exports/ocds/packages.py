"""Releases and records, wrapped as OCDS wants them."""

from __future__ import annotations

from datetime import datetime

from opportunities.exports.ocds.release import compiled_release, ocid_of, releases
from opportunities.exports.ocds.words import VERSION
from opportunities.exports.told import Json, Republisher, ToldProcess

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
ADDRESS = "/open-data"


def release_package(process: ToldProcess, by: Republisher) -> Json:
    """All releases of a process. Its date is that of the last one, so that asking again changes nothing."""
    told = [*releases(process, by)]
    uri = f"{by.site}{ADDRESS}/ocds/releases/{ocid_of(process, by)}.json"
    return {**_metadata(by, uri, _last(told, process)), "releases": told}


def record(process: ToldProcess, by: Republisher) -> Json:
    """What stands now, and the releases that it is compiled from."""
    summed = compiled_release(process, by)
    told = [*releases(process, by)]
    compiled = {} if summed is None else {"compiledRelease": summed}
    return {"ocid": ocid_of(process, by), "releases": told, **compiled}


def record_package(process: ToldProcess, by: Republisher) -> Json:
    uri = f"{by.site}{ADDRESS}/ocds/records/{ocid_of(process, by)}.json"
    told = record(process, by)
    return {**_metadata(by, uri, _last(told["releases"], process)), "records": [told]}


def publisher(by: Republisher) -> Json:
    return {"name": f"{by.name} (Setu): re-published, not official", "uri": by.site}


def extension_address(by: Republisher) -> str:
    return f"{by.site}{ADDRESS}/extension/extension.json"


def _metadata(by: Republisher, uri: str, published: str) -> Json:
    return {
        "uri": uri,
        "version": VERSION,
        "extensions": [extension_address(by)],
        "publishedDate": published,
        "publisher": publisher(by),
        "license": LICENCE,
        "publicationPolicy": f"{by.site}{ADDRESS}/",
    }


def _last(told: list[Json], process: ToldProcess) -> str:
    dates: list[str] = [release["date"] for release in told]
    since: datetime = process.disclosed_from
    return dates[-1] if dates else since.isoformat(timespec="seconds")
