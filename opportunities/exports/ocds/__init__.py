"""Open contracting data (OCDS 1.1) of what everyone may know of."""

from opportunities.exports.ocds.packages import (
    ADDRESS,
    LICENCE,
    extension_address,
    publisher,
    record,
    record_package,
    release_package,
)
from opportunities.exports.ocds.release import compiled_release, ocid_of, release_lines, releases

__all__ = [
    "ADDRESS",
    "LICENCE",
    "compiled_release",
    "extension_address",
    "ocid_of",
    "publisher",
    "record",
    "record_package",
    "release_lines",
    "release_package",
    "releases",
]
