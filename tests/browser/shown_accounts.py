"""The pages around people and their accounts, each with something on it."""

from __future__ import annotations

from collections.abc import Iterator

from portal.accounts.inviting import token_of
from portal.accounts.models import User
from tests.browser.shown import Shown
from tests.factories.accounts import (
    CompanyFactory,
    InvitationFactory,
    MembershipFactory,
    RegistrationFactory,
    UserFactory,
)
from tests.factories.world import World


def account_pages(world: World, *, member: User, office: User) -> Iterator[Shown]:
    """Wants a member who owns the world's company."""
    company = world.profile.company
    company.organisation_number = "4020000024"
    company.save()
    MembershipFactory.create(company=company, user__name="Bo Berg")
    invitation = InvitationFactory.create(company=company, invited_by=member)
    RegistrationFactory.create(user__name="Nora Nyberg", organisation_number=company.organisation_number)
    waiting = UserFactory.create(name="Vera Vik", email="vera@vik.example")
    unapproved = CompanyFactory.create(name="Vik Styrteknik AB", approved_at=None)
    MembershipFactory.create(user=waiting, company=unapproved)
    RegistrationFactory.create(user=waiting, company=unapproved, company_name=unapproved.name)
    yield Shown("register", "/register/", None)
    yield Shown("invitation", f"/invitations/{token_of(invitation)}/", None)
    yield Shown("waiting", "/register/waiting/", waiting)
    yield Shown("registrations", "/office/registrations/", office)
    yield Shown("colleagues", "/colleagues/", member)
    yield Shown("account", "/account/", member)
    yield Shown("tokens", "/account/tokens/", member)
    yield Shown("sessions", "/accounts/sessions/", member)
    yield Shown("delete-account", "/account/data/delete/", member)


def rarer_account_pages(member: User) -> Iterator[Shown]:
    """What people see a few times in their life: looked at by the slow run alone."""
    for path in (
        *("register/sent", "accounts/signup", "accounts/confirm-email", "accounts/confirm-email/abc"),
        *("accounts/password/reset", "accounts/password/reset/done", "accounts/password/reset/key/1-abc"),
        *("accounts/password/reset/key/done", "accounts/inactive"),
    ):
        yield Shown(path, f"/{path}/", None)
    for path in (
        *("register/company", "account/data", "account/data/delete-company", "accounts/logout"),
        *("accounts/email", "accounts/password/change", "accounts/two-steps"),
        *("accounts/two-steps/totp/activate", "accounts/two-steps/recovery-codes/generate"),
    ):
        yield Shown(path, f"/{path}/", member)
    new = UserFactory.create(name="Nils Ny", password=None)
    yield Shown("accounts/password/set", "/accounts/password/set/", new)
