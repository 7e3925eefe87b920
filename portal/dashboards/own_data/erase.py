"""Forgetting people and companies who wish to go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import CASCADE, Q

from matching.models import Delivery, Recipient, Subscription
from opportunities.chain import LedgerKind
from opportunities.services import About, write_ledger
from portal.accounts.colleagues import LastOwner, end_sessions
from portal.accounts.models import Company, Departure, Invitation, Membership, User
from portal.dashboards.own_data.export import relations_to

NOBODY = "–"


@transaction.atomic
def erase_person(user: User, *, now: datetime) -> None:
    """Forget who somebody was. What they did for a company stays with it, by nobody in particular.

    Raises LastOwner while a company has nobody else who answers for it.
    """
    owned = Membership.objects.filter(user=user, role=Membership.Role.OWNER).order_by("company")
    for company in Company.objects.select_for_update(no_key=True).filter(pk__in=owned.values("company")):
        others = company.memberships.filter(role=Membership.Role.OWNER).exclude(user=user)
        if company.is_approved and not others.exists():
            raise LastOwner
    Company.objects.filter(memberships__user=user, approved_at=None).delete()
    _forget_mail(user, now=now)
    end_sessions(user)
    for relation in relations_to(User):
        if relation.on_delete is CASCADE and relation.related_model is not Recipient:
            relation.related_model._default_manager.filter(**{relation.field.name: user}).delete()
    Invitation.objects.filter(email__iexact=user.email).delete()
    user.name, user.email, user.is_active = NOBODY, f"gone-{user.pk}@example.invalid", False
    user.set_unusable_password()
    user.save()


def _forget_mail(user: User, *, now: datetime) -> None:
    """Nothing more is sent; that something was, and when, stays for the count."""
    Subscription.objects.filter(recipient__user=user, ended_at=None).update(ended_at=now)
    Delivery.objects.filter(recipient__user=user).update(
        address="", subject="", body_text="", body_html="", last_error=""
    )


@transaction.atomic
def erase_company(company: Company, *, by: User, now: datetime) -> None:
    """Forget a company and all that it said and did here; the office is told.

    Its people keep their accounts. The ledger keeps its number, and from when no rule finds it any more.
    """
    was_member, number = company.is_approved, company.pk
    Departure.objects.create(
        company_name=company.name, organisation_number=company.organisation_number, left_at=now, retry_at=now
    )
    _delete_mail_about(company)
    company.delete()
    if was_member:
        write_ledger(LedgerKind.LEFT, by=by, now=now, about=About(company=number))


def _delete_mail_about(company: Company) -> None:
    """What its people were written because of its profiles, or of the projects that it followed."""
    of_its_own = Q(delivered_opportunities__subscription__profile__company=company)
    of_projects = Q(delivered_projects__isnull=False, recipient__subscriptions__profile__company=company)
    Delivery.objects.filter(pk__in=Delivery.objects.filter(of_its_own | of_projects).values("pk")).delete()
