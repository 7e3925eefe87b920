"""``./setu test``: every check there is, with its time and outcome. All run, even after a failure."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from portal.running.environment import wanted_servers
from portal.running.places import ROOT
from portal.running.talk import Say
from portal.running.throw_away import environment_of_tests, throw_away_servers

# It has no "python -m", and its script would carry the path of the environment, spaces and all.
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
_CHECK_PYTHON = ROOT / ".setu" / "check" / "bin" / "python"
_OURS = ("portal", "ingest", "matching", "opportunities", "tests")
# What production sets, as far as Django's own deployment check looks.
_PRODUCTION = {
    "DEBUG": "False",
    "DEMO": "False",
    "SITE_URL": "https://setu.example",
    "ALLOWED_HOSTS": "setu.example",
    "BEHIND_PROXY": "True",
    "SECRET_KEY": secrets.token_urlsafe(60),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One check: a program that must end with 0."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step ended."""

    step: Step
    code: int
    seconds: float
    output: str = ""


def check_everything(arguments: Sequence[str], say: Say) -> int:
    """Run all checks and tests, or pytest alone if it is given arguments. Returns the exit code.

    ``--slow`` takes in the tests that are left out otherwise.
    """
    is_slow = "--slow" in arguments
    words = [word for word in arguments if word != "--slow"]
    with (
        throw_away_servers(wanted_servers()) as addresses,
        environment_of_tests(addresses) as told,
    ):
        environment = {**os.environ, **told}
        if words:
            return _run_shown(_pytest(words, is_slow=is_slow), environment).code
        return _run_all(environment, say, is_slow=is_slow)


def _run_all(environment: Mapping[str, str], say: Say, *, is_slow: bool) -> int:
    outcomes = []
    # Two cores: the type checker, which is slow and alone, beside everything that is quick.
    with ThreadPoolExecutor(max_workers=2) as lanes:
        lane = lanes.submit(_run_quietly, _TYPES, environment)
        quick: list[Future[Outcome]] = [lanes.submit(_run_quietly, step, environment) for step in _QUICK]
        for future in [*quick, lane]:
            outcomes.append(future.result())
            _report(outcomes[-1], say)
    say("Tests")
    # Three on two cores: one of them mostly waits, for a browser, a server or a clock.
    outcomes.append(
        _run_shown(_pytest(["--numprocesses=3", "--dist=worksteal"], is_slow=is_slow), environment)
    )
    say("")
    for outcome in outcomes:
        say(f"{'ok    ' if outcome.code == 0 else 'FAILED'} {outcome.seconds:6.1f} s  {outcome.step.name}")
    failed = sum(outcome.code != 0 for outcome in outcomes)
    say(f"{failed} of {len(outcomes)} failed" if failed else f"All {len(outcomes)} passed")
    return 1 if failed else 0


def _python(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]


def _django(*words: str) -> list[str]:
    return [sys.executable, "manage.py", *words]


_TYPES = Step("types", _python("mypy", *_OURS, "manage.py", "setu"))
_QUICK = (
    Step("format", _python("ruff", "format", "--check", "--quiet", ".", "setu")),
    Step("rules", _python("ruff", "check", "--quiet", ".", "setu")),
    Step("templates", [str(_CHECK_PYTHON), "-m", "djlint", "--lint", "--quiet", "templates"]),
    Step("imports", [sys.executable, "-c", _LINT_IMPORTS, "--no-cache"]),
    Step("migrations", _django("makemigrations", "--check", "--dry-run")),
    Step("settings", _django("check", "--fail-level", "WARNING")),
    Step("production settings", _django("check", "--deploy", "--fail-level", "WARNING"), _PRODUCTION),
)


def _pytest(words: Sequence[str], *, is_slow: bool) -> Step:
    return Step("tests", _python("pytest", *([] if is_slow else ["-m", "not slow"]), *words))


def _run_quietly(step: Step, environment: Mapping[str, str]) -> Outcome:
    began = time.monotonic()
    ended = subprocess.run(
        step.words,
        cwd=ROOT,
        env={**environment, **step.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(step, ended.returncode, time.monotonic() - began, ended.stdout)


def _run_shown(step: Step, environment: Mapping[str, str]) -> Outcome:
    began = time.monotonic()
    child = subprocess.Popen(step.words, cwd=ROOT, env={**environment, **step.environment})
    try:
        code = child.wait()
    except KeyboardInterrupt:
        child.wait()  # pytest has had the same Ctrl-C, and tidies up
        raise
    return Outcome(step, code, time.monotonic() - began)


def _report(outcome: Outcome, say: Say) -> None:
    say(f"{'ok    ' if outcome.code == 0 else 'FAILED'} {outcome.seconds:6.1f} s  {outcome.step.name}")
    if outcome.code != 0:
        say(outcome.output.rstrip())
