"""What colleagues tell each other about an opportunity."""

from __future__ import annotations

from datetime import datetime

from matching.models import Note, Share
from matching.selectors import Reader, colleagues_of
from portal.accounts.models import User


class NotAColleague(Exception):
    """The person doesn't act for the same company, or is the one who shares."""


def write_note(opportunity_id: int, text: str, *, by: Reader, now: datetime) -> Note:
    """Keep a note for the company's own people; the same words by the same person twice are one note.

    The caller has been through the door for the opportunity.
    """
    note, _ = Note.objects.standing().get_or_create(
        company=by.company,
        opportunity_id=opportunity_id,
        by=by.person,
        text=text,
        defaults={"written_at": now},
    )
    return note


def remove_note(note_id: int, *, by: Reader, now: datetime) -> bool:
    """Take a note of the company's away for everyone; its row is kept. Twice is once.

    Return False where the company has no such note.
    """
    own = Note.objects.filter(pk=note_id, company=by.company)
    own.standing().update(removed_at=now)
    return own.exists()


def share_opportunity(opportunity_id: int, *, by: Reader, to: User, message: str, now: datetime) -> Share:
    """Owe a colleague one mail about an opportunity; the same message again is no second mail.

    Raises NotAColleague. The caller has been through the door for the opportunity, and the sender asks it
    again.
    """
    if not colleagues_of(by).filter(pk=to.pk).exists():
        raise NotAColleague
    share, _ = Share.objects.get_or_create(
        company=by.company,
        opportunity_id=opportunity_id,
        by=by.person,
        to=to,
        message=message,
        defaults={"shared_at": now, "retry_at": now},
    )
    return share
