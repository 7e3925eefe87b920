"""Asking colleagues in: by a link that is signed, ends after a week, can be taken back, and works once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from portal.accounts.mail import send_account_mail
from portal.accounts.models import Company, Invitation, InvitationQuerySet, Membership, User
from portal.accounts.registering import NewPerson
from portal.accounts.telling import message_id

LASTS = timedelta(days=7)
MOST_OPEN = 20  # a company that has more of them out is sending unwanted mail
_SIGNER = Signer(salt="portal.accounts.invitation")


class TooManyInvitations(Exception):
    """So many are open that no more go out."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an owner asks in, as what, and in which language the mail is."""

    email: str
    role: Membership.Role
    language: str


@transaction.atomic
def invite(company: Company, invited: Invited, *, by: User, now: datetime) -> Invitation:
    """Owe somebody a mail with a link. Asking the same address again replaces the invitation before."""
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    still_open = open_invitations(company, at=now)
    still_open.filter(email__iexact=invited.email).update(revoked_at=now)
    if still_open.count() >= MOST_OPEN:
        raise TooManyInvitations
    return Invitation.objects.create(
        company=company,
        email=invited.email.lower(),
        role=invited.role,
        language=invited.language,
        invited_by=by,
        invited_at=now,
        expires_at=now + LASTS,
    )


def open_invitations(company: Company, *, at: datetime) -> InvitationQuerySet:
    return Invitation.objects.open_at(at).filter(company=company)


def revoke_invitation(invitation_id: int, *, company: Company, now: datetime) -> bool:
    """Take an invitation back. False if it isn't the company's, or isn't open any more."""
    return open_invitations(company, at=now).filter(pk=invitation_id).update(revoked_at=now) == 1


def token_of(invitation: Invitation) -> str:
    return _SIGNER.sign(str(invitation.pk))


def invitation_with(token: str) -> Invitation | None:
    """The invitation a token was made for, open or not; None if we never made it."""
    try:
        key = int(_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Invitation.objects.select_related("company", "invited_by").filter(pk=key).first()


@transaction.atomic
def accept_invitation(invitation_id: int, *, user: User, now: datetime) -> bool:
    """Let a person act for the company. False if somebody has accepted it, or it isn't open any more."""
    found = Invitation.objects.select_for_update(of=("self",)).open_at(now).filter(pk=invitation_id).first()
    if found is None:
        return False
    Membership.objects.get_or_create(user=user, company_id=found.company_id, defaults={"role": found.role})
    found.accepted_at = now
    found.save(update_fields=["accepted_at"])
    return True


@transaction.atomic
def accept_as_newcomer(invitation_id: int, person: NewPerson, *, now: datetime) -> bool:
    """Make an account for who has none. The link came by mail, so the address is theirs. False as above."""
    email = person.email.lower()
    user = User.objects.create_user(email, person.password, name=person.name, language=person.language)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    if not accept_invitation(invitation_id, user=user, now=now):
        transaction.set_rollback(True)
        return False
    return True


def unsent_invitations(*, now: datetime, count: int) -> list[int]:
    due = Invitation.objects.unsent().filter(retry_at__lte=now, expires_at__gt=now)
    return list(due.order_by("invited_at").values_list("pk", flat=True)[:count])


@transaction.atomic
def send_invitation(invitation_id: int, *, now: datetime) -> bool:
    """Mail an invitation. False if somebody has, or is doing so.

    At least once: a crash after the mail server took it sends it again, with the same Message-ID.
    """
    unsent = Invitation.objects.select_for_update(of=("self",), skip_locked=True).unsent()
    invitation = unsent.select_related("company", "invited_by").filter(pk=invitation_id).first()
    if invitation is None:
        return False
    send_account_mail(
        "invitation",
        to=invitation.email,
        language=invitation.language,
        message_id=message_id("invitation", invitation.pk),
        invitation=invitation,
        link=settings.SITE_URL + reverse("accounts:invitation", args=[token_of(invitation)]),
    )
    invitation.sent_at = now
    invitation.save(update_fields=["sent_at"])
    return True
