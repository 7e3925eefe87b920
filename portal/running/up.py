"""``./setu up``: everything started in order, watched, and stopped in the opposite order."""

from __future__ import annotations

import http.client
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from portal.embedded.children import Program
from portal.embedded.data_folder import Lock
from portal.embedded.errors import CannotRun
from portal.embedded.servers import Servers
from portal.embedded.sharing import Addresses, announce, owned
from portal.running.commands import read_command, run_command
from portal.running.environment import is_true, programs_environment, wanted_servers
from portal.running.interruptions import stop_if_asked
from portal.running.places import ROOT, shown
from portal.running.ports import choose_port, kept_port
from portal.running.static_files import collect_static_files
from portal.running.supervisor import Supervisor
from portal.running.talk import Say, timed
from portal.running.web import web_server

_WEB_SECONDS = 60.0
# A task that has begun is let finish: CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT and a little.
_STOP_SECONDS = 25.0


def up(data: Path, port: int | None, say: Say) -> int:
    """Run Setu until somebody stops it. Raises CannotRun; returns 0 after Ctrl-C."""
    with Lock(data, "up").held() as is_only_one:
        if not is_only_one:
            raise CannotRun(
                f"Setu already runs on {shown(data)}. Stop it there, or start a second one with --data DIR."
            )
        chosen = choose_port(port)
        if port is None and chosen != 8000:
            say(f"Port 8000 is taken; using {chosen}.")
        try:
            _run(data, chosen, say)
        except KeyboardInterrupt:
            say("Stopped.")
    return 0


def _run(data: Path, port: int, say: Say) -> None:
    def on_wait() -> None:
        say("A command still runs on this data folder; waiting for it to finish.")

    began = time.monotonic()
    with owned(data, wanted_servers(), on_wait=on_wait) as servers:
        if servers.names:
            say(f"{' and '.join(servers.names)} run ({time.monotonic() - began:.1f} s)")
        supervisor = Supervisor(data, say)
        try:
            environment = _start_programs(data, port, servers, supervisor, say)
            _greet(data, environment, say, seconds=time.monotonic() - began)
            _watch(servers, supervisor, say)
        finally:
            say("Stopping; a task that has begun is let finish.")
            supervisor.stop(["beat", "web", "worker", "simulator"], seconds=_STOP_SECONDS)


def _start_programs(
    data: Path, port: int, servers: Servers, supervisor: Supervisor, say: Say
) -> Mapping[str, str]:
    """Start what serves pages and does the work. Return the environment that it was given."""
    site = f"http://localhost:{port}"
    addresses = Addresses(servers.database_url, servers.redis_url, site)
    environment = programs_environment(data, addresses)
    with timed(say, "Database is up to date"):
        run_command("migrate", "--no-input", "--verbosity=0", environment=environment, say=say)
    collect_static_files(data, environment=environment, say=say)
    if is_true(environment["DEMO"]):
        # The same as before: notices remember their address, and another one would look like a change.
        simulator_port = kept_port(data / "channel" / "port")
        url = f"http://127.0.0.1:{simulator_port}"
        addresses = replace(addresses, simulator_url=url)
        environment = programs_environment(data, addresses)
        options = ["--port", str(simulator_port), "--folder", str(data / "channel")]
        # First, since the demo's sources are told where it is.
        supervisor.start("simulator", _python("portal.demo.simulator", *options, environment=environment))
        with timed(say, "Demo world is loaded"):
            run_command("load_demo", environment=environment, say=say)
    announce(data, addresses)

    supervisor.start("web", _python(*web_server(port), environment=environment))
    # Before the worker: three Pythons starting at once would triple the time to the first page.
    _wait_for_pages(f"http://127.0.0.1:{port}/healthz", supervisor)
    celery = ["-A", "portal"]
    worker = ["worker", "-c", "2", "-l", "WARNING", "--without-gossip", "--without-mingle"]
    supervisor.start("worker", _python("celery", *celery, *worker, environment=environment))
    beat = ["beat", "-l", "WARNING", "--pidfile="]
    supervisor.start("beat", _python("celery", *celery, *beat, environment=environment))
    return environment


def _wait_for_pages(health_url: str, supervisor: Supervisor) -> None:
    give_up = time.monotonic() + _WEB_SECONDS
    while time.monotonic() < give_up:
        stop_if_asked()
        supervisor.require_running("web")
        try:
            with urllib.request.urlopen(health_url, timeout=5):  # noqa: S310  # our own loopback address
                return
        except (OSError, http.client.HTTPException):  # not listening yet, or not well yet
            time.sleep(0.1)
    raise CannotRun(f"The pages did not come up within {_WEB_SECONDS:.0f} s. Look into logs/web.log.")


def _greet(data: Path, environment: Mapping[str, str], say: Say, *, seconds: float) -> None:
    say(f"\nSetu is ready after {seconds:.0f} s: {environment['SITE_URL']}")
    if is_true(environment["DEMO"]):
        for line in read_command("load_demo", "--list", environment=environment).splitlines():
            say(f"  {line}")
        say(f"  Mail goes to {shown(data / 'mail')}: ./setu mail shows it.")
    say(f"  Logs are in {shown(data / 'logs')}. Ctrl-C stops everything.\n")


def _watch(servers: Servers, supervisor: Supervisor, say: Say) -> None:
    while True:
        stop_if_asked()
        time.sleep(0.5)
        for name in servers.revive():
            say(f"{name} had ended; it runs again")
        supervisor.revive()


def _python(module: str, *words: str, environment: Mapping[str, str]) -> Program:
    return Program([sys.executable, "-m", module, *words], ROOT, environment=environment)
