from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from portal.running.mail import mail, read_folder


def write(folder: Path, name: str, subject: str, date: str) -> None:
    message = EmailMessage()
    message["To"], message["Subject"], message["Date"] = "åsa@example.org", subject, date
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.eml").write_bytes(bytes(message))


def test_mail_is_listed_oldest_first_in_one_clock(tmp_path: Path) -> None:
    write(tmp_path / "mail", "a", "Två nya", "Sun, 22 Nov 2026 07:00:00 +0100")
    write(tmp_path / "mail", "b", "En ny", "Sun, 22 Nov 2026 05:30:00 +0000")
    said: list[str] = []

    mail(tmp_path, said.append)

    assert said[0] == "2026-11-22 05:30 UTC  åsa@example.org  En ny"
    assert said[2] == "2026-11-22 06:00 UTC  åsa@example.org  Två nya"


def test_a_message_without_a_date_has_that_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"Subject: Bare\n\n")

    (message,) = read_folder(tmp_path)

    assert (message.subject, message.to) == ("Bare", "")


def test_no_mail_is_said(tmp_path: Path) -> None:
    said: list[str] = []

    assert mail(tmp_path, said.append) == 0
    assert said[0].startswith("Nothing has been sent yet")
