"""What is wrong with what somebody typed on allauth's pages, in our own words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Which of the two is wrong isn't said: nobody shall learn which addresses have an account.
OF_ACCOUNTS = {
    "account_inactive": _("This account is closed."),
    "duplicate_email": _("This is your address already."),
    "email_password_mismatch": _("The e-mail address or the password is wrong."),
    "email_taken": _("There is already an account with this e-mail address."),
    "enter_current_password": _("This isn't your password."),
    "incorrect_code": _("The code is wrong, or too old. Take the one that shows now."),
    "incorrect_password": _("This isn't your password."),
    "invalid_login": _("The e-mail address or the password is wrong."),
    "invalid_or_expired_key": _("The link is used up or too old."),
    "invalid_password_reset": _("The link is used up or too old. Ask for a new one."),
    "rate_limited": _("That was too often in a short time. Try again in a while."),
    "same_as_current": _("That is what it is already."),
    "too_many_login_attempts": _("Too many attempts. Try again in a few minutes."),
    "unverified_primary_email": _("Confirm your e-mail address first, by the link that we sent to it."),
}
OF_SECOND_FACTOR = {
    "cannot_delete_authenticator": _("Log-in with a code can't be turned off for this account."),
    "incorrect_code": OF_ACCOUNTS["incorrect_code"],
    "unverified_email": OF_ACCOUNTS["unverified_primary_email"],
}
