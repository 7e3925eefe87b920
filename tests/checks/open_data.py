"""Hold packages of open data against libcoveocds and libcoveoc4ids, without a network.

Run by the environment called standards: ``-m tests.checks.open_data FOLDER``, where
``*.ocds.json``, ``*.oc4ids.json`` and our extension's ``release-schema.json`` lie.
Prints what is found wrong, and ends with 1 if anything is.
"""

from __future__ import annotations

import copy
import io
import json
import socket
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import json_merge_patch
from libcoveoc4ids.common_checks import common_checks_oc4ids
from libcoveoc4ids.config import LibCoveOC4IDSConfig
from libcoveoc4ids.schema import SchemaOC4IDS
from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig

from tests.checks import shapes

# What either library finds, under its own names
_FAULTS = (
    "validation_errors",
    "additional_closed_codelist_values",
    "conformance_errors",
    "deprecated_fields",
)


def main(folder: Path) -> int:
    socket.socket.connect = _no_network  # type: ignore[method-assign]
    faults = [
        *(f"{path.name}: {fault}" for path in sorted(folder.glob("*.ocds.json")) for fault in _ocds(path)),
        *(
            f"{path.name}: {fault}"
            for path in sorted(folder.glob("*.oc4ids.json"))
            for fault in _oc4ids(path)
        ),
    ]
    sys.stdout.write("\n".join(faults) + "\n" if faults else "")
    return 1 if faults else 0


def _ocds(path: Path) -> Iterator[str]:
    package = json.loads(path.read_bytes())
    # The libraries would fetch it from its address; it is laid over the standard as they would do it.
    package["extensions"] = []
    patch = json.loads((path.parent / "release-schema.json").read_bytes())
    config = LibCoveOCDSConfig({"context": "api", "standard_zip": _standard(patch)})
    yield from _faults(ocds_json_output(json_data=package, lib_cove_ocds_config=config))


def _oc4ids(path: Path) -> Iterator[str]:
    schema = SchemaOC4IDS(LibCoveOC4IDSConfig())
    # Both are fetched when they are first asked for.
    schema.schema_str = schema.pkg_schema_str = json.dumps(shapes.PROJECTS)
    package = json.loads(path.read_bytes())
    yield from _faults(
        common_checks_oc4ids({"file_type": "json"}, str(path.parent), package, schema, cache=False)
    )


def _faults(found: dict[str, Any]) -> Iterator[str]:
    for name in _FAULTS:
        if found.get(name):
            yield f"{name}: {json.dumps(found[name], default=str)[:600]}"
    for field in found.get("additional_fields") or found.get("data_only") or ():
        yield f"a field that the standard doesn't know: {field}"


def _standard(extension: dict[str, Any]) -> bytes:
    """What the library takes for a copy of the standard, with our extension in it."""
    packed = io.BytesIO()
    release = json_merge_patch.merge(copy.deepcopy(shapes.RELEASE_SHAPE), extension)
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("standard/", "")
        for name, shape in (
            ("release-schema", release),
            ("release-package-schema", shapes.RELEASES),
            ("record-package-schema", shapes.RECORDS),
            ("versioned-release-validation-schema", {"$schema": shapes.DRAFT, "type": "object"}),
        ):
            file.writestr(f"standard/schema/{name}.json", json.dumps(shape))
        file.writestr("standard/schema/codelists/releaseTag.csv", "Code\n" + "\n".join(shapes.TAGS))
    return packed.getvalue()


def _no_network(*_arguments: object) -> None:
    raise ConnectionError("open data is checked without a network")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
