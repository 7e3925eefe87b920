"""A token opens the API for whoever holds it, as long as its person may do what it was made for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.accounts.api_tokens import (
    LONGEST_LIFE,
    MOST_TOKENS,
    MadeToken,
    TooManyTokens,
    make_token,
    revoke_token,
    token_presented,
    tokens_of,
)
from portal.accounts.models import ApiToken, Company, User
from portal.lib.prepared import Prepared

READ, WRITE, OFFICE = ApiToken.Scope.READ, ApiToken.Scope.WRITE, ApiToken.Scope.OFFICE
DAY = timedelta(days=1)


@pytest.fixture
def made(alice: User, vallar: Company, noon: datetime) -> MadeToken:
    return make_token("Ours", [READ, WRITE], user=alice, company=vallar, life=DAY, now=noon)


def test_a_token_opens_what_it_was_made_for(
    made: MadeToken, alice: User, vallar: Company, noon: datetime
) -> None:
    found = token_presented(made.secret, at=noon)

    assert found is not None
    assert (found.user, found.company, found.scopes) == (alice, vallar, [READ, WRITE])


def test_it_comes_with_all_that_is_known_of_its_person_and_company(
    made: MadeToken, olga: User, noon: datetime
) -> None:
    of_the_office = make_token("Ours", [OFFICE], user=olga, company=None, life=DAY, now=noon)
    for secret in (made.secret, of_the_office.secret):
        found = token_presented(secret, at=noon)

        assert found is not None
        for row in filter(None, (found, found.user, found.company)):
            stored = type(row)._default_manager.filter(pk=row.pk).values().get()
            assert {name: getattr(row, name) for name in stored} == stored
        assert (found.company is None) is (secret == of_the_office.secret)


def test_a_statement_that_swallows_a_value_is_never_asked(db: None) -> None:
    swallowing = Prepared(lambda *, at: ApiToken.objects.values_list("pk"), {"at": "a mark"})

    with pytest.raises(ValueError, match="at can't be found"):
        swallowing.rows(at="now")


def test_the_token_is_nowhere_in_the_database(made: MadeToken) -> None:
    stored = ApiToken.objects.values_list().get()

    assert made.secret not in map(str, stored)
    assert made.secret not in repr(made)
    assert len(made.secret) > 40


@pytest.mark.parametrize("secret", ["", "setu_", "a" * 5000, "\x00", "å", "\ud800"])
@pytest.mark.usefixtures("made")
def test_an_unknown_token_opens_nothing(secret: str, noon: datetime) -> None:
    assert token_presented(secret, at=noon) is None


def _leaves(user: User) -> None:
    user.memberships.all().delete()


def _is_shut_out(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _is_not_approved(user: User) -> None:
    user.companies.update(approved_at=None)


@pytest.mark.parametrize("goes", [_leaves, _is_shut_out, _is_not_approved])
def test_whoever_goes_loses_it_at_once(
    goes: Callable[[User], None], made: MadeToken, alice: User, noon: datetime
) -> None:
    goes(alice)

    assert token_presented(made.secret, at=noon) is None
    assert tokens_of(alice, at=noon) == []


def test_one_of_the_office_who_leaves_it_loses_it(olga: User, noon: datetime) -> None:
    made = make_token("Ours", [OFFICE], user=olga, company=None, life=DAY, now=noon)
    assert token_presented(made.secret, at=noon) is not None

    User.objects.filter(pk=olga.pk).update(role=User.Role.MEMBER)

    assert token_presented(made.secret, at=noon) is None


def test_it_ends_by_itself_and_when_it_is_revoked(
    made: MadeToken, alice: User, bob: User, noon: datetime
) -> None:
    assert token_presented(made.secret, at=noon + DAY) is None

    assert not revoke_token(made.token.pk, user=bob, now=noon)
    assert revoke_token(made.token.pk, user=alice, now=noon)
    assert revoke_token(made.token.pk, user=alice, now=noon + DAY)

    assert token_presented(made.secret, at=noon) is None
    assert ApiToken.objects.get().revoked_at == noon


def test_nobody_makes_one_for_more_than_they_may_do(
    alice: User, olga: User, charlie: User, vallar: Company, noon: datetime
) -> None:
    for user, company, scopes, life in (
        (alice, vallar, [OFFICE], DAY),
        (alice, vallar, [], DAY),
        (alice, vallar, [READ], LONGEST_LIFE + DAY),
        (alice, None, [READ], DAY),
        (charlie, vallar, [READ], DAY),
        (olga, None, [WRITE], DAY),
        (olga, vallar, [READ], DAY),
    ):
        with pytest.raises(PermissionDenied):
            make_token("Too much", scopes, user=user, company=company, life=life, now=noon)


def test_the_database_knows_no_token_of_the_office_for_a_company(made: MadeToken) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.filter(pk=made.token.pk).update(scopes=["office"])


def test_there_are_not_more_than_one_can_know(alice: User, vallar: Company, noon: datetime) -> None:
    for number in range(MOST_TOKENS):
        make_token(f"No {number}", [READ], user=alice, company=vallar, life=DAY, now=noon)

    with pytest.raises(TooManyTokens):
        make_token("One more", [READ], user=alice, company=vallar, life=DAY, now=noon)


def test_the_page_shows_a_token_once(alice: User, client: Client) -> None:
    client.force_login(alice)

    shown = client.post("/account/tokens/", {"name": "Our case system", "scopes": ["read"], "days": "90"})
    listed = client.get("/account/tokens/").content.decode()

    secret = shown.context["made"].secret
    assert secret in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert secret not in listed
    assert secret[:11] in listed
    assert token_presented(secret, at=timezone.now()) is not None


def test_the_page_tells_until_which_day_here_a_token_opens(
    alice: User, vallar: Company, client: Client
) -> None:
    late = datetime(2099, 11, 22, 20, 30, tzinfo=UTC)  # 21:30 in Stockholm, and the 23rd in India
    make_token("Ours", [READ], user=alice, company=vallar, life=DAY, now=late - DAY)
    client.force_login(alice)

    assert "until 22\xa0Nov\xa02099" in client.get("/account/tokens/").content.decode()


def test_the_page_refuses_what_one_may_not_have(alice: User, client: Client) -> None:
    client.force_login(alice)

    answer = client.post("/account/tokens/", {"name": "Ours", "scopes": ["office"], "days": "90"})

    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_the_office_needs_its_second_factor_for_its_own_scope(
    olga: User, client: Client, settings: Settings
) -> None:
    settings.OFFICE_SECOND_FACTOR = True
    Authenticator.objects.create(user=olga, type=Authenticator.Type.TOTP, data={})
    wish = {"name": "Ours", "scopes": ["office"], "days": "30"}
    client.force_login(olga)

    by_password = client.post("/account/tokens/", wish)
    session = client.session
    request = type("Request", (), {"session": session})()
    record_authentication(request, olga, method="mfa", type="totp")
    session.save()
    by_code = client.post("/account/tokens/", wish)

    assert by_password.status_code == 422
    assert by_code.status_code == 200
    assert ApiToken.objects.get().scopes == [OFFICE]
