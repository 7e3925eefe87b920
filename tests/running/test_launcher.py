"""./setu itself, before any environment exists: how it finds its way, and what it says when it can't."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from portal.running.places import ROOT


@pytest.fixture
def launcher(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The launcher as a module, making its environments in a folder of the test."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # or a "setuc" lies at the top
    loader = importlib.machinery.SourceFileLoader("launcher", str(ROOT / "setu"))
    spec = importlib.util.spec_from_loader("launcher", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    monkeypatch.setattr(module, "ENVIRONMENTS", tmp_path / ".setu")
    # Without uv, the way that every machine has.
    monkeypatch.setenv("PATH", str(tmp_path))
    return module


def refusal(launcher: ModuleType, action: str, *arguments: object) -> str:
    with pytest.raises(launcher.Impossible) as refused:
        getattr(launcher, action)(*arguments)
    return str(refused.value)


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["up"], "up"),
        (["--data", "test", "up", "--port", "8001"], "up"),
        (["--data=here", "manage", "check"], "manage"),
        (["-h"], "-h"),
        ([], None),
    ],
)
def test_the_command_is_found_among_options(
    launcher: ModuleType, words: list[str], command: str | None
) -> None:
    assert launcher.command_of(words) == command


def test_help_is_given_without_any_environment(
    launcher: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert launcher.main(["help"]) == 0

    assert "./setu up" in capsys.readouterr().out
    assert not launcher.ENVIRONMENTS.exists()


def test_an_unknown_command_is_refused_with_the_list(
    launcher: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert launcher.main(["start"]) == 2

    assert "There is no “start”." in capsys.readouterr().err


def test_every_command_is_in_the_help(launcher: ModuleType) -> None:
    assert all(f"./setu {command} " in launcher.USAGE for command in launcher.NEEDS)


def test_the_slow_tests_need_an_environment_more(launcher: ModuleType) -> None:
    assert launcher.needs_of("test", ["test"]) == ("check", "test")
    assert launcher.needs_of("test", ["test", "--slow"]) == ("standards", "check", "test")
    assert launcher.needs_of("manage", ["manage", "export", "--slow"]) == ("run",)


def test_a_newer_python_in_the_path_is_found(launcher: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "python3.12").symlink_to(sys.executable)
    broken = tmp_path / "python3.13"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)

    assert launcher.newer_python(str(tmp_path)) == str(tmp_path / "python3.12")


def test_no_new_enough_python_is_a_sentence(launcher: ModuleType, tmp_path: Path) -> None:
    assert refusal(launcher, "newer_python", str(tmp_path)).startswith("Setu needs Python 3.11 or newer.")


def test_no_venv_module_is_a_sentence_with_the_cure(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(launcher.importlib.util, "find_spec", lambda name: name != "ensurepip" or None)

    said = refusal(launcher, "steps_with_pip", tmp_path, tmp_path / "run.txt")

    assert said.endswith("apt install python3-venv")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "its hash differs"),
        ("Failed to establish a new connection: [Errno -3] Temporary failure", "can't be fetched"),
        ("The virtual environment was not created because ensurepip is not available", "python3-venv"),
        ("ERROR: Could not find a version of amqp==5.4.2 (from versions: none)", "can't be fetched"),
        ("something nobody has thought of", "something nobody has thought of"),
    ],
)
def test_a_failed_installation_is_told_in_a_sentence(
    launcher: ModuleType, output: str, sentence: str
) -> None:
    assert sentence in launcher.why_not_installed(output, Path("install.log"))


def test_an_environment_is_made_once_after_an_interruption_and_when_its_requirements_change(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(launcher, "ROOT", tmp_path)
    requirements = tmp_path / "requirements" / "run.txt"
    requirements.parent.mkdir()
    requirements.write_text("")  # nothing to fetch: the network isn't asked
    half = launcher.ENVIRONMENTS / "run" / "bin"
    half.mkdir(parents=True)
    (half / "python").write_text("half a file")

    python = launcher.environment("run")
    assert subprocess.run([python, "-c", ""], check=True).returncode == 0

    made_at = python.lstat().st_mtime_ns
    launcher.environment("run")
    assert python.lstat().st_mtime_ns == made_at

    requirements.write_text("# changed\n")
    launcher.environment("run")
    assert python.lstat().st_mtime_ns != made_at


def test_the_launcher_runs_from_any_folder(tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, ROOT / "setu", "help"], cwd=tmp_path, capture_output=True, check=True
    )

    assert b"./setu test" in shown.stdout
