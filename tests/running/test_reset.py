from __future__ import annotations

from pathlib import Path

import pytest

from portal.embedded.data_folder import Lock
from portal.embedded.errors import CannotRun
from portal.running.reset import reset


def test_what_setu_wrote_goes_and_what_it_did_not_stays(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "data").mkdir(parents=True)
    (tmp_path / "secret-key").touch()
    (tmp_path / "beat-schedule.db").touch()
    (tmp_path / "thesis.odt").touch()
    (tmp_path / "mailing-list").touch()

    code = reset(tmp_path, lambda _: None, is_sure=True)

    assert code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["locks", "mailing-list", "thesis.odt"]


def test_without_yes_nothing_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mail").mkdir()
    monkeypatch.setattr("builtins.input", lambda _: "no")

    assert reset(tmp_path, lambda _: None, is_sure=False) == 1
    assert (tmp_path / "mail").exists()


@pytest.mark.parametrize("held", ["up", "servers"])
def test_a_folder_in_use_is_left_alone(tmp_path: Path, held: str) -> None:
    (tmp_path / "mail").mkdir()

    with Lock(tmp_path, held).held(), pytest.raises(CannotRun, match="Stop it first"):
        reset(tmp_path, lambda _: None, is_sure=True)

    assert (tmp_path / "mail").exists()
