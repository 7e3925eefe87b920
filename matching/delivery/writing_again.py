"""Addresses that aren't written to any more, and are again once their reader shows that mail arrives."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from matching.delivery import links
from matching.delivery.suppressing import address_hash, lift, standing_suppression
from matching.models import Suppression
from portal.accounts.mail import send_account_mail
from portal.accounts.models import User

LASTS = timedelta(days=3)
ARRIVED = "its reader followed the link in a mail to it"
_SIGNER = TimestampSigner(salt="matching.mail.again")
_BETWEEN = "-"


def ask_to_write_again(user: User) -> bool:
    """Send a link to a person's suppressed address, at once. False if nothing keeps mail from it.

    Raises what the mail server's refusal raises.
    """
    suppression = standing_suppression(user.email)
    if suppression is None:
        return False
    token = token_of(suppression, user)
    send_account_mail(
        "mail_again",
        to=user.email,
        language=user.language,
        link=links.absolute(reverse("matching:write_again", args=[token])),
    )
    return True


def token_of(suppression: Suppression, user: User) -> str:
    return _SIGNER.sign(f"{suppression.pk}{_BETWEEN}{user.pk}")


def asked_with(token: str) -> tuple[Suppression, User] | None:
    """What a link is for; None if we never made it, it is too old, or the address is another by now."""
    try:
        suppression_id, user_id = _SIGNER.unsign(token, max_age=LASTS).split(_BETWEEN)
    except BadSignature:
        return None
    suppression = Suppression.objects.filter(pk=int(suppression_id)).first()
    user = User.objects.filter(pk=int(user_id), is_active=True).first()
    if suppression is None or user is None or suppression.address_hash != address_hash(user.email):
        return None
    return suppression, user


def write_again(suppression: Suppression, user: User, *, now: datetime) -> bool:
    """The mail arrived, and its reader wants more. False if it was lifted before."""
    return lift(suppression.pk, by=user, because=ARRIVED, now=now)
