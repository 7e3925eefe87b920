from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.registering import confirm_registration


class AccountAdapter(DefaultAccountAdapter):
    """Accounts begin at /register/, and those of the office with the office."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        del request
        return False

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """What the person registered goes to the office at once, or the address stays unconfirmed."""
        with transaction.atomic():
            is_confirmed = bool(super().confirm_email(request, email_address))
            if is_confirmed:
                confirm_registration(email_address.user, now=timezone.now())
        return is_confirmed

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Go on in the person's own language, unless this browser has chosen one."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if isinstance(user, User) and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite="Lax",
            )
        return response
