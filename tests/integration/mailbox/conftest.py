from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.integration.mailbox.imap_server import PASSWORD, USER

REPOSITORY = Path(__file__).resolve().parents[3]
BULLETIN = """From: desk@channel.example
Subject: Bulletin CII-SC/2026-{number}
Date: Fri, 20 Nov 2026 10:00:00 +0530
Content-Type: text/plain; charset=utf-8

1. Madurai, Tamil Nadu. Madurai Smart City Limited. Water meters. The DPR is ready. Rs. 42 Cr.
"""


@dataclass(frozen=True, slots=True)
class ImapServer:
    port: int

    def address(self, folder: str = "INBOX") -> str:
        return f"imap://{USER}@127.0.0.1:{self.port}/{folder}"


@pytest.fixture
def imap_server(tmp_path: Path, settings: Settings) -> Iterator[ImapServer]:
    """Three messages, of which the second has 30 MB."""
    settings.FETCH_ALLOW_LOOPBACK = True
    settings.CII_MAILBOX_PASSWORD = PASSWORD
    for number, padding in ((46, ""), (47, "x" * 79 + "\n"), (48, "")):
        repeats = 30 * 1024 * 1024 // 80 if padding else 0
        text = BULLETIN.format(number=number) + padding * repeats
        (tmp_path / f"{number}.eml").write_text(text)
    command = [sys.executable, "-m", "tests.integration.mailbox.imap_server", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as server:  # noqa: S603 - ours
        assert server.stdout is not None
        yield ImapServer(int(server.stdout.readline()))
        server.terminate()
