from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from portal.running.messages import compile_messages

SWEDISH = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Open"\nmsgstr "Öppna"\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "locale" / "sv" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(SWEDISH, encoding="utf-8")
    return path


def test_a_translation_is_compiled_so_that_gettext_reads_it(source: Path, tmp_path: Path) -> None:
    compile_messages(tmp_path)

    assert gettext.translation("django", tmp_path / "locale", ["sv"]).gettext("Open") == "Öppna"


def test_only_what_is_newer_is_compiled_again(source: Path, tmp_path: Path) -> None:
    assert len(compile_messages(tmp_path)) == 1
    assert compile_messages(tmp_path) == []

    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))

    assert len(compile_messages(tmp_path)) == 1
