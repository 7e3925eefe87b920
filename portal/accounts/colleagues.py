"""Who acts for a company, and who answers for that."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from portal.accounts.models import Company, FeedLink, Membership, User


class LastOwner(Exception):
    """Somebody must answer for a company."""


def colleagues_of(company: Company) -> list[Membership]:
    """Everybody who acts for a company, owners first."""
    everybody = Membership.objects.filter(company=company).select_related("user")
    return sorted(everybody, key=lambda one: (not one.is_owner, one.user.name.casefold(), one.pk))


@transaction.atomic
def change_role(membership: Membership, role: Membership.Role) -> None:
    """Make somebody an owner or a member. Raises LastOwner if nobody else is one."""
    _hold(membership.company_id)
    if role != Membership.Role.OWNER:
        _keep_an_owner(membership)
    Membership.objects.filter(pk=membership.pk).update(role=role)


@transaction.atomic
def remove_colleague(membership: Membership, *, now: datetime) -> None:
    """End somebody's acting for a company, and with it mail, feeds and every log-in at once.

    Raises LastOwner if nobody else answers for the company. Removing again does nothing.
    """
    _hold(membership.company_id)
    _keep_an_owner(membership)
    Membership.objects.filter(pk=membership.pk).delete()
    # Mail asks whether the person still acts for the company. Feeds do too, and would live again with it.
    feeds = FeedLink.objects.filter(user=membership.user_id, company=membership.company_id, revoked_at=None)
    feeds.update(revoked_at=now)
    end_sessions(membership.user)


def end_sessions(user: User) -> None:
    """Log a person out everywhere."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def _hold(company_id: int) -> None:
    # Or two owners could each leave, trusting in the other.
    Company.objects.select_for_update(no_key=True).get(pk=company_id)


def _keep_an_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(company=membership.company_id, role=Membership.Role.OWNER)
    if not owners.exclude(pk=membership.pk).exists() and owners.filter(pk=membership.pk).exists():
        raise LastOwner
