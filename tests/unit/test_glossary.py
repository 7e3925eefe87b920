"""The glossary knows every model, and every model it knows exists."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parents[2]
OUR_APPS = {"accounts", "ingest", "opportunities", "matching"}

GLOSSARY = (ROOT / "docs/glossary.md").read_text()
MODELS = {
    model.__name__
    for model in apps.get_models()
    if model._meta.app_label in OUR_APPS and not model._meta.auto_created
}


def test_every_model_is_in_the_glossary() -> None:
    explained = set(re.findall(r"`(\w+)`", GLOSSARY))

    assert explained >= MODELS


def test_every_name_in_the_glossary_is_in_the_code() -> None:
    named = set(re.findall(r"^\| `([A-Z]\w+)`", GLOSSARY, flags=re.MULTILINE))
    code = "".join(path.read_text() for path in ROOT.glob("[impo]*/**/*.py"))

    assert {name for name in named if not re.search(rf"^class {name}\b", code, flags=re.MULTILINE)} == set()
