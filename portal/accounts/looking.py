"""The office looks at what a company is shown: for a while, with a reason, and the company is told.

Nothing here lets anybody in: ``portal.accounts.office_looks`` does, from request to request.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from portal.accounts.mail import send_account_mail
from portal.accounts.models import Company, OfficeLook, OfficeLookNotice, OfficeLookQuerySet, User
from portal.accounts.telling import message_id

LOOK_LASTS = timedelta(minutes=30)
LONGEST_REASON = 300
TOLD_FOR = timedelta(days=365)


@transaction.atomic
def begin_look(company: Company, *, by: User, because: str, now: datetime) -> OfficeLook:
    """Let one of the office look at what a company is shown, and owe each of its people a mail about it.

    The same person's look at another company ends. The caller puts it on the ledger, in the same transaction.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # of two beginnings at once one is the later
    _end(OfficeLook.objects.filter(by=by, ended_at=None), now=now)
    look = OfficeLook.objects.create(
        company=company, by=by, because=because, began_at=now, until=now + LOOK_LASTS
    )
    people = company.people.filter(is_active=True)
    OfficeLookNotice.objects.bulk_create(
        OfficeLookNotice(look=look, person=person, retry_at=now) for person in people
    )
    return look


def end_look(look_id: int, *, by: User, now: datetime) -> None:
    """End one's own look. Ending again, or after its time, changes nothing."""
    _end(OfficeLook.objects.filter(pk=look_id, by=by, ended_at=None), now=now)


def standing_look(look_id: int, *, by: User, at: datetime) -> OfficeLook | None:
    """A person's look, if it goes on."""
    standing = OfficeLook.objects.standing_at(at).filter(pk=look_id, by=by)
    return standing.select_related("company").first()


def looks_at(company: Company, *, at: datetime) -> OfficeLookQuerySet:
    """What a company is told of, the latest first: for ``TOLD_FOR``."""
    return OfficeLook.objects.filter(company=company, began_at__gt=at - TOLD_FOR).select_related("by")


def untold_looks(*, now: datetime, count: int) -> list[int]:
    due = OfficeLookNotice.objects.filter(told_at=None, retry_at__lte=now)
    return list(due.order_by("pk").values_list("pk", flat=True)[:count])


@transaction.atomic
def tell_look(notice_id: int, *, now: datetime) -> bool:
    """Write to one person that the office has looked. False if somebody has, or is doing so.

    At least once: a crash after the mail server took it sends it again, with the same Message-ID.
    """
    untold = OfficeLookNotice.objects.select_for_update(of=("self",), skip_locked=True).filter(told_at=None)
    notice = untold.filter(pk=notice_id).select_related("look__company", "look__by", "person").first()
    if notice is None:
        return False
    if notice.person.is_active:
        send_account_mail(
            "office_looked",
            to=notice.person.email,
            language=notice.person.language,
            message_id=message_id("office-look", notice.pk),
            look=notice.look,
            person=notice.person,
        )
    notice.told_at = now
    notice.save(update_fields=["told_at"])
    return True


def _end(looks: OfficeLookQuerySet, *, now: datetime) -> None:
    looks.update(ended_at=now)
