"""Who acts for a company: invited, made an owner, removed; and what goes with a person who leaves."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from matching.delivery.owing import owe_daily_digests
from matching.models import Delivery
from portal.accounts.colleagues import LastOwner, change_role, remove_colleague
from portal.accounts.feed_links import feed_of, make_feed_link
from portal.accounts.inviting import MOST_OPEN, send_invitation, token_of, unsent_invitations
from portal.accounts.models import Company, FeedLink, Invitation, Membership, User
from tests.factories.accounts import PASSWORD, InvitationFactory, MembershipFactory, RegistrationFactory
from tests.factories.matching import CapabilityProfileFactory, SubscriptionFactory
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db


def invite(owner: Client, email: str = "doris@example.org", role: str = "member") -> str:
    """Invite, send the mail, and return the path of its link."""
    owner.post("/colleagues/invite/", {"email": email, "role": role, "language": "sv"})
    now = timezone.now()
    for pk in unsent_invitations(now=now, count=9):
        assert send_invitation(pk, now=now)
        assert not send_invitation(pk, now=now)
    link = re.search(r"http://\S+?(/invitations/\S+)", str(mail.outbox[-1].body))
    assert link is not None
    return link[1]


def log_in(email: str) -> Client:
    """A browser in which somebody has logged in with the password."""
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return client


def test_an_invited_colleague_makes_an_account_and_acts_for_the_company(
    alice: User, vallar: Company, as_: SignIn, client: Client
) -> None:
    link = invite(as_(alice))

    page = client.get(link)
    answer = client.post(link, {"name": "Doris Dahl", "password": PASSWORD})

    assert [message.to for message in mail.outbox] == [["doris@example.org"]]
    assert "doris@example.org" in page.content.decode()
    assert answer.headers["Location"] == "/accounts/login/"
    assert vallar.memberships.get(user__email="doris@example.org").role == Membership.Role.MEMBER
    assert log_in("doris@example.org").get("/colleagues/").status_code == 200


def test_a_link_works_once(alice: User, as_: SignIn, charlie: User) -> None:
    link = invite(as_(alice))
    as_(charlie).post(link)

    again = as_(User.objects.create_user("late@example.org", None, name="Late")).post(link)

    assert again.status_code == 410
    assert Membership.objects.filter(company__name="Vallar AB").count() == 2


def test_a_link_that_was_taken_back_or_is_old_lets_nobody_in(
    alice: User, vallar: Company, as_: SignIn, client: Client
) -> None:
    taken_back = invite(as_(alice))
    as_(alice).post(f"/colleagues/invitations/{Invitation.objects.get().pk}/revoke/")
    week_ago = timezone.now() - timedelta(days=8)
    old = InvitationFactory.create(
        company=vallar, invited_at=week_ago, expires_at=week_ago + timedelta(days=7)
    )

    answers = [client.get(path).status_code for path in (taken_back, f"/invitations/{token_of(old)}/")]

    assert answers == [410, 410]


def test_a_forged_link_does_not_exist(alice: User, vallar: Company, client: Client) -> None:
    key = InvitationFactory.create(company=vallar).pk

    assert client.get(f"/invitations/{key}:made-up-by-me/").status_code == 404


def test_an_address_with_an_account_logs_in_first(
    alice: User, charlie: User, as_: SignIn, client: Client
) -> None:
    link = invite(as_(alice), charlie.email)

    page = client.post(link, {"name": "Not Charlie", "password": PASSWORD}).content.decode()

    assert f"/accounts/login/?next={link}" in page.replace("%3A", ":")
    assert charlie.memberships.count() == 1


def test_inviting_again_replaces_the_link_before(alice: User, as_: SignIn, client: Client) -> None:
    first, second = invite(as_(alice)), invite(as_(alice))

    assert [client.get(link).status_code for link in (first, second)] == [410, 200]


def test_a_company_cannot_flood_the_world_with_mail(alice: User, vallar: Company, as_: SignIn) -> None:
    InvitationFactory.create_batch(MOST_OPEN, company=vallar)

    answer = as_(alice).post(
        "/colleagues/invite/", {"email": "x@example.org", "role": "member", "language": "sv"}
    )

    assert answer.status_code == 422


def test_whoever_acts_for_two_companies_chooses(alice: User, charlie: User, as_: SignIn) -> None:
    client = as_(charlie)
    client.post(invite(as_(alice)))
    joined = client.get("/colleagues/").content.decode()
    cedern = Company.objects.get(name="Cedern AB")

    client.post("/company/act-for/", {"company": cedern.pk})

    assert "acts for Vallar AB" in joined or "företräder Vallar AB" in joined
    assert "Vallar AB" not in client.get("/colleagues/").content.decode().partition('id="main"')[2]
    assert client.post("/company/act-for/", {"company": "999999"}).status_code == 404


def test_the_last_owner_cannot_leave_nor_be_made_a_member(alice: User, bob: User, noon: datetime) -> None:
    own = alice.memberships.get()

    with pytest.raises(LastOwner):
        remove_colleague(own, now=noon)
    with pytest.raises(LastOwner):
        change_role(own, Membership.Role.MEMBER)

    change_role(bob.memberships.get(), Membership.Role.OWNER)
    change_role(own, Membership.Role.MEMBER)
    assert Membership.objects.get(pk=own.pk).role == Membership.Role.MEMBER


def test_the_page_tells_the_last_owner_so(alice: User, bob: User, as_: SignIn) -> None:
    page = as_(alice).post("/colleagues/leave/", follow=True).content.decode()

    assert "make a colleague an owner first" in page
    assert alice.memberships.count() == 1


def test_a_removed_colleague_loses_feeds_mail_and_sessions_at_once(
    alice: User, bob: User, vallar: Company, as_: SignIn
) -> None:
    now = timezone.now()
    SubscriptionFactory.create(user=bob, profile=CapabilityProfileFactory.create(company=vallar))
    feed = make_feed_link(user=bob, company=vallar, kind=FeedLink.Kind.CALENDAR, now=now)
    at_home, at_work = log_in(bob.email), log_in(bob.email)
    assert at_home.get("/matches/").status_code == 200

    as_(alice).post(f"/colleagues/{bob.memberships.get().pk}/remove/")

    assert feed_of(feed.token, kind=FeedLink.Kind.CALENDAR) is None
    assert [browser.get("/matches/").status_code for browser in (at_home, at_work)] == [302, 302]
    owe_daily_digests(now.date(), now=now)
    assert not Delivery.objects.filter(recipient__user=bob).exists()
    # Neither does the feed live again when he comes back.
    MembershipFactory.create(user=bob, company=vallar)
    assert feed_of(feed.token, kind=FeedLink.Kind.CALENDAR) is None


def test_a_member_looks_and_changes_nothing(alice: User, bob: User, as_: SignIn) -> None:
    page = as_(bob).get("/colleagues/").content.decode()

    answers = [
        as_(bob).post("/colleagues/invite/", {"email": "x@example.org", "role": "owner", "language": "sv"}),
        as_(bob).post(f"/colleagues/{alice.memberships.get().pk}/remove/"),
        as_(bob).post(f"/colleagues/{bob.memberships.get().pk}/role/", {"role": "owner"}),
    ]

    assert alice.name in page
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_an_owner_lets_in_who_registered_with_the_companys_number(
    alice: User, vallar: Company, as_: SignIn
) -> None:
    Company.objects.update(organisation_number="5560360793")
    asks = RegistrationFactory.create(organisation_number="5560360793", user__name="Nora Nyberg")
    page = as_(alice).get("/colleagues/").content.decode()

    as_(alice).post(f"/colleagues/requests/{asks.pk}/answer/", {"answer": "approve"})

    assert "Nora Nyberg" in page
    assert asks.user.memberships.get().company == vallar


def test_an_owner_refuses_with_a_reason_alone(alice: User, as_: SignIn) -> None:
    Company.objects.update(organisation_number="5560360793")
    asks = RegistrationFactory.create(organisation_number="5560360793")
    answer = f"/colleagues/requests/{asks.pk}/answer/"

    without, with_reason = (
        as_(alice).post(answer, {"answer": "refuse", "because": because}) for because in ("", "Not ours")
    )

    asks.refresh_from_db()
    assert [without.status_code, with_reason.status_code] == [422, 302]
    assert (asks.is_approved, asks.refused_because) == (False, "Not ours")
