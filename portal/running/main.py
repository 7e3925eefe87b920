"""The commands of ./setu, and how a failure is told."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.errors import CannotRun, from_os_error
from portal.running.bench import bench
from portal.running.checks import check_everything
from portal.running.interruptions import stop_calmly
from portal.running.mail import mail
from portal.running.manage import manage
from portal.running.messages import compile_messages
from portal.running.places import ROOT
from portal.running.reset import reset
from portal.running.talk import to_error, to_output
from portal.running.up import up

# The words after these are another program's, and so are its options.
_PASS_ON = frozenset({"manage", "test", "bench"})


class WrongWords(Exception):
    """The command can't be understood. The message says why."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the person at the terminal has asked for."""

    command: str
    data: Path
    port: int | None
    is_sure: bool
    rest: tuple[str, ...]


def main(words: Sequence[str]) -> int:
    """Carry out one command and return its exit code."""
    try:
        return _carry_out(read_order(words))
    except WrongWords as problem:
        to_error(f"{problem} ./setu help shows what there is.")
        return 2
    except CannotRun as problem:
        to_error(str(problem))
        return 1
    except OSError as error:
        to_error(str(from_os_error(error, doing="working")))
        return 1
    except KeyboardInterrupt:
        to_error("Stopped.")
        return 130


def read_order(words: Sequence[str]) -> Order:
    """Understand a command line. Raises WrongWords."""
    command, values, is_sure, rest = "", {}, False, list(words)
    while rest and not (command in _PASS_ON and not rest[0].startswith(("--data", "--port"))):
        word = rest.pop(0)
        name, separator, value = word.partition("=")
        if name in ("--data", "--port"):
            if not separator:
                if not rest:
                    raise WrongWords(f"{name} needs a value.")
                value = rest.pop(0)
            values[name] = value
        elif word == "--yes":
            is_sure = True
        elif not command and not word.startswith("-"):
            command = word
        else:
            raise WrongWords(f"“{word}” is not known here.")
    return Order(
        command, _data_folder(values.get("--data")), _port(values.get("--port")), is_sure, tuple(rest)
    )


def _carry_out(order: Order) -> int:
    stop_calmly()
    compile_messages(ROOT)
    if order.command not in ("test", "bench"):
        order.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    match order.command:
        case "up":
            return up(order.data, order.port, to_output)
        case "manage":
            return manage(order.data, order.rest)
        case "test":
            return check_everything(order.rest, to_output)
        case "bench":
            return bench(order.rest)
        case "mail":
            return mail(order.data, to_output)
        case "reset":
            return reset(order.data, to_output, is_sure=order.is_sure)
        case _:
            raise WrongWords(f"There is no “{order.command}”.")


def _data_folder(given: str | None) -> Path:
    return Path(given or os.environ.get("SETU_DATA") or ROOT / "var").expanduser().resolve()


def _port(given: str | None) -> int | None:
    if given is None:
        return None
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise WrongWords(f"“{given}” is not a port: a number from 1 to 65535 is wanted.")
    return int(given)
