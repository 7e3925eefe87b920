"""The made-up channel's bulletins, dropped as files into a mail folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from portal.demo.simulator.drawing import draw
from portal.demo.simulator.edition import Edition
from portal.demo.simulator.tenders import PORTAL_HOST, Tender, tenders_at


@dataclass(frozen=True, slots=True)
class Bulletin:
    number: str
    subject: str
    template: str  # .txt or .html
    sent_at: datetime


def bulletins_at(edition: Edition, now: datetime) -> list[Bulletin]:
    """Every bulletin sent by then: what is coming, what is out, and later what has changed."""
    first = edition.began_at.timetuple().tm_yday
    plan = (
        ("Projects coming up", "bulletin_early.txt", edition.at(-3, 11)),
        ("Tenders out now", "bulletin_tenders.html", edition.at(-1, 16)),
        ("Changes", "bulletin_changes.txt", edition.later_at),
    )
    return [
        Bulletin(f"CII-SC/{edition.year}-{first + index:03}", subject, template, sent_at)
        for index, (subject, template, sent_at) in enumerate(plan)
        if sent_at <= now
    ]


def drop_mail(folder: Path, edition: Edition, now: datetime) -> int:
    """Write every bulletin sent by then that isn't in the folder yet. Return how many were written."""
    folder.mkdir(parents=True, exist_ok=True)
    return sum(
        write_message(folder, bulletin, _body(bulletin, edition)) for bulletin in bulletins_at(edition, now)
    )


def write_message(folder: Path, bulletin: Bulletin, body: str) -> bool:
    """Drop a bulletin into a folder as mail. False if it lies there already."""
    file = folder / f"{bulletin.number.replace('/', '-')}.eml"
    if file.exists():
        return False
    # Readers look at *.eml only, so none ever sees half a message.
    unfinished = file.with_suffix(".part")
    unfinished.write_bytes(_message(bulletin, body).as_bytes(policy=SMTP))
    unfinished.rename(file)
    return True


def _message(bulletin: Bulletin, body: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Smart Cities Desk <smart-cities@channel.example>"
    message["To"] = "Coordination office <office@example.org>"
    message["Subject"] = f"{bulletin.subject} - Bulletin {bulletin.number}"
    message["Date"] = format_datetime(bulletin.sent_at)
    message["Message-ID"] = f"<{bulletin.number.replace('/', '.')}@channel.example>"
    if bulletin.template.endswith(".html"):
        message.set_content(f"Bulletin {bulletin.number} is best read as HTML.\n")
        message.add_alternative(body, subtype="html")
    else:
        message.set_content(body)
    return message


def _body(bulletin: Bulletin, edition: Edition) -> str:
    return draw(
        bulletin.template,
        bulletin=bulletin,
        host=PORTAL_HOST,
        fiscal_year=edition.next_fiscal_year,
        prebid=f"{edition.at(6, 11):%d %b %Y, %H:%M} hrs",
        closing=f"{edition.at(24, 15):%d %b %Y, %H:%M} hrs",
        **_tenders_by_key(edition),
    )


def _tenders_by_key(edition: Edition) -> dict[str, Tender]:
    """The portal's tenders as they stand after all that comes later, for bulletins to quote."""
    return {tender.key.replace("-", "_"): tender for tender in tenders_at(edition, edition.later_at)}
