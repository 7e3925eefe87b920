"""The production files, as far as they can be judged without an engine to run them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from portal.embedded.postgres import INITDB_LOCALE
from portal.running.places import ROOT

COMPOSE = ROOT / "docker-compose.yml"


def check(path: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_the_compose_file_keeps_to_the_specification() -> None:
    checked = check(COMPOSE)

    assert checked.returncode == 0, checked.stdout


def test_a_misspelt_key_would_be_found(tmp_path: Path) -> None:
    misspelt = tmp_path / "docker-compose.yml"
    misspelt.write_text(COMPOSE.read_text().replace("depends_on:", "depend_on:"))

    assert check(misspelt).returncode == 1


def test_production_sorts_and_searches_as_the_embedded_database_does() -> None:
    arguments = re.search(r"POSTGRES_INITDB_ARGS: (.+)", COMPOSE.read_text())

    assert arguments is not None
    if sys.platform == "linux":
        assert tuple(arguments[1].split()) == INITDB_LOCALE


@pytest.mark.parametrize("name", ["SECRET_KEY", "POSTGRES_PASSWORD", "EMAIL_URL"])
def test_no_secret_stands_in_the_file(name: str) -> None:
    values = re.findall(rf"^ +{name}: (.+)$", COMPOSE.read_text(), re.MULTILINE)

    assert values
    assert all(value.startswith("${" + name + ":?") for value in values)


def test_every_variable_of_the_compose_file_is_explained() -> None:
    asked_for = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE.read_text()))

    explained = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    # Only the compose file reads these two: the settings get the password inside DATABASE_URL.
    assert asked_for - explained <= {"POSTGRES_PASSWORD", "PORT"}


def test_what_takes_long_to_make_is_kept_on_a_volume() -> None:
    data = re.search(r"SETU_DATA=(\S+)", (ROOT / "Dockerfile").read_text())

    assert data is not None
    assert f'volumes: ["data:{data[1]}"]' in COMPOSE.read_text().split("\nservices:")[0]


def test_style_sheets_come_with_the_image_and_not_from_a_volume_that_outlives_it() -> None:
    said = dict(re.findall(r"(SETU_DATA|STATIC_ROOT)=(\S+)", (ROOT / "Dockerfile").read_text()))

    assert not said["STATIC_ROOT"].startswith(said["SETU_DATA"] + "/")


def test_nothing_in_the_image_is_installed_without_its_hash() -> None:
    installs = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if "pip install" in line]

    assert installs
    assert all("--require-hashes" in line for line in installs)
