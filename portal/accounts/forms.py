"""allauth's forms in our own words, and without text inside the fields."""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class LoginForm(forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].label = _("Password")
        self.fields["remember"].label = _("Keep me logged in")
        self.fields["password"].help_text = ""
        without_placeholders(self)


class ResetPasswordForm(forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        without_placeholders(self)


class ResetPasswordKeyForm(forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_new_password(self)


class SetPasswordForm(forms.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_new_password(self)


class ChangePasswordForm(forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Your password until now")
        _name_new_password(self)


class ChangeEmailForm(forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        without_placeholders(self)


class ReauthenticateForm(forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        without_placeholders(self)


class AuthenticateForm(mfa_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self, _("Code from your phone, or one of your recovery codes"))


class ReauthenticateWithCodeForm(mfa_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self, _("Code from your phone, or one of your recovery codes"))


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self, _("The six digits that the app shows now"))

    @property
    def secret_in_fours(self) -> list[str]:
        """The key as a person writes it off: the last group may be shorter."""
        return [self.secret[start : start + 4] for start in range(0, len(self.secret), 4)]


def _name_new_password(form: Any) -> None:
    first, again = form.fields["password1"], form.fields["password2"]
    first.label = _("New password")
    first.help_text = _("At least twelve characters. A few words in a row are easy to remember.")
    again.label = _("New password, once more")
    without_placeholders(form)


def _name_code(form: Any, label: str | Promise) -> None:
    form.fields["code"].label = label
    form.fields["code"].widget.attrs["inputmode"] = "numeric"
    without_placeholders(form)


def without_placeholders(form: Any) -> None:
    """Labels stand above; a word inside the field goes away just when it is needed."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
