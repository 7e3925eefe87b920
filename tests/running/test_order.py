from __future__ import annotations

import socket
from pathlib import Path

import pytest

from portal.embedded.errors import CannotRun
from portal.running.main import WrongWords, read_order
from portal.running.places import ROOT
from portal.running.ports import any_free_port, choose_port, is_free, kept_port


def test_options_may_stand_before_and_after_the_command(tmp_path: Path) -> None:
    before = read_order(["--data", str(tmp_path), "--port=8123", "up"])
    after = read_order(["up", "--port", "8123", f"--data={tmp_path}"])

    assert before == after
    assert (before.data, before.port) == (tmp_path, 8123)


def test_the_data_folder_is_var_unless_the_environment_says_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SETU_DATA", str(tmp_path))
    assert read_order(["up"]).data == tmp_path

    monkeypatch.delenv("SETU_DATA")
    assert read_order(["up"]).data == ROOT / "var"


def test_what_follows_manage_belongs_to_the_command(tmp_path: Path) -> None:
    order = read_order(["manage", "--data", str(tmp_path), "digest", "--period", "2026-11-22", "--json"])

    assert order.data == tmp_path
    assert order.rest == ("digest", "--period", "2026-11-22", "--json")


@pytest.mark.parametrize(
    "words", [["up", "--port"], ["up", "--port", "web"], ["up", "--port=0"], ["up", "--loud"]]
)
def test_what_cannot_be_understood_is_said(words: list[str]) -> None:
    with pytest.raises(WrongWords):
        read_order(words)


def test_a_free_port_is_taken_as_it_is() -> None:
    port = any_free_port()

    assert is_free(port)
    assert choose_port(port) == port


def test_a_kept_port_stays_until_somebody_else_has_it(tmp_path: Path) -> None:
    kept = kept_port(tmp_path / "channel" / "port")

    assert kept_port(tmp_path / "channel" / "port") == kept
    with socket.create_server(("127.0.0.1", kept)):
        assert kept_port(tmp_path / "channel" / "port") != kept


def test_a_port_of_the_system_is_a_sentence_or_free() -> None:
    with pytest.raises(CannotRun, match="Port 65536 is taken by another program, or not yours"):
        choose_port(65536)
