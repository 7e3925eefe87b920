from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language, gettext_lazy

from portal.accounts.models import Membership, User
from portal.accounts.registering import NewPerson

ROLES = [
    (Membership.Role.MEMBER.value, gettext_lazy("Member")),
    (Membership.Role.OWNER.value, gettext_lazy("Owner: also decides who acts for the company")),
]


class InvitationForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("The colleague's e-mail address"))
    role = forms.ChoiceField(label=gettext_lazy("As what?"), choices=ROLES)
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()


class NewcomerForm(forms.Form):
    """For an invited person who has no account; the address is the invitation's."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=gettext_lazy("At least twelve characters. A few words in a row are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.language = language

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if password := said.get("password"):
            try:
                validate_password(password, User(name=said.get("name", ""), email=self.email))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return said

    def person(self) -> NewPerson:
        """What a valid form says of who filled it in."""
        said = self.cleaned_data
        return NewPerson(said["name"], self.email, said["password"], self.language)
