from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from portal.accounts.mail import send_account_mail
from portal.accounts.messages import OF_ACCOUNTS, OF_SECOND_FACTOR
from portal.accounts.models import User
from portal.accounts.registering import confirm_registration
from portal.accounts.session_use import begin_noting


class AccountAdapter(DefaultAccountAdapter):
    """Accounts begin at /register/, and those of the office with the office."""

    error_messages = DefaultAccountAdapter.error_messages | OF_ACCOUNTS

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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of whoever it is for, not of whoever asked for it."""
        user = context.get("user")
        with translation.override(user.language if isinstance(user, User) else translation.get_language()):
            super().send_mail(template_prefix, email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell a person what was changed in the account, and from where."""
        if not isinstance(user, User):
            return
        send_account_mail(
            "account_changed",
            to=email or user.email,
            language=user.language,
            what=template_prefix.rpartition("/")[2],
            timestamp=timezone.now(),
            ip=self.get_client_ip(self.request),
            user_agent=self.request.headers.get("User-Agent", "")[:200],
            to_email=(context or {}).get("to_email", ""),
        )

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        begin_noting(request)

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


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | OF_SECOND_FACTOR
