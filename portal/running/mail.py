"""``./setu mail``: what the demo has sent."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from portal.running.places import shown
from portal.running.talk import Say


@dataclass(frozen=True, slots=True)
class SentMail:
    """One message, as far as a list shows it."""

    sent_at: datetime
    to: str
    subject: str
    path: Path


def mail(data: Path, say: Say) -> int:
    """Open the mail folder where there is a desktop, and list what is in it. Returns the exit code."""
    folder = data / "mail"
    messages = read_folder(folder)
    if not messages:
        say(f"Nothing has been sent yet: there is no mail in {shown(folder)}.")
        return 0
    for message in messages:
        say(f"{message.sent_at:%Y-%m-%d %H:%M} UTC  {message.to}  {message.subject}")
        say(f"    {shown(message.path)}")
    if opener := _opener():
        subprocess.run([opener, str(folder)], check=False, capture_output=True)
    return 0


def read_folder(folder: Path) -> list[SentMail]:
    """Return the messages of a folder, the oldest first."""
    return sorted(map(_read, folder.glob("*.eml")), key=lambda message: (message.sent_at, message.path))


def _read(path: Path) -> SentMail:
    with path.open("rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    date = message["Date"]
    written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    sent_at = parsedate_to_datetime(str(date)).astimezone(UTC) if date else written_at
    return SentMail(sent_at, str(message["To"] or ""), str(message["Subject"] or ""), path)


def _opener() -> str | None:
    if sys.platform == "darwin":
        return shutil.which("open")
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return shutil.which("xdg-open")
    return None
