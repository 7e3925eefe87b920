from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from portal.accounts import inviting, kept_answers, looking, registering, telling
from portal.accounts.models import Departure, Invitation, OfficeLookNotice, Registration
from portal.lib.retry import postpone_on_failure


@shared_task
def tell_pending_registrations() -> None:
    """Ask for each person who is to be told what was decided."""
    for pk in telling.untold_registrations(now=timezone.now(), count=100):
        # Expires when the next sweep would ask again, so a backlog can't fill with repeats.
        tell_registration.apply_async((pk,), expires=60)


@shared_task(soft_time_limit=50, time_limit=60)
def tell_registration(registration_id: int) -> None:
    now = timezone.now()
    with postpone_on_failure(Registration, registration_id, now=now):
        telling.tell_registration(registration_id, now=now)


@shared_task
def send_pending_invitations() -> None:
    for pk in inviting.unsent_invitations(now=timezone.now(), count=100):
        send_invitation.apply_async((pk,), expires=60)


@shared_task(soft_time_limit=50, time_limit=60)
def send_invitation(invitation_id: int) -> None:
    now = timezone.now()
    with postpone_on_failure(Invitation, invitation_id, now=now):
        inviting.send_invitation(invitation_id, now=now)


@shared_task
def tell_pending_departures() -> None:
    for pk in telling.untold_departures(now=timezone.now(), count=100):
        tell_departure.apply_async((pk,), expires=60)


@shared_task(soft_time_limit=50, time_limit=60)
def tell_departure(departure_id: int) -> None:
    now = timezone.now()
    with postpone_on_failure(Departure, departure_id, now=now):
        telling.tell_departure(departure_id, now=now)


@shared_task
def tell_pending_looks() -> None:
    for pk in looking.untold_looks(now=timezone.now(), count=100):
        tell_look.apply_async((pk,), expires=60)


@shared_task(soft_time_limit=50, time_limit=60)
def tell_look(notice_id: int) -> None:
    now = timezone.now()
    with postpone_on_failure(OfficeLookNotice, notice_id, now=now):
        looking.tell_look(notice_id, now=now)


@shared_task
def forget_unconfirmed() -> None:
    """Every night: who never confirmed, and what programs were answered the day before."""
    now = timezone.now()
    registering.forget_unconfirmed(now=now)
    kept_answers.forget_answers(now=now)
