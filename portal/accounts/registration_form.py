"""The form with which strangers, and people without a company, ask to act for one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.organisation_numbers import NotAnOrganisationNumber, PersonalNumber, organisation_number
from portal.accounts.registering import NewPerson, StatedCompany

LONGEST_ABOUT = 4_000


class CompanyForm(forms.Form):
    company_name = forms.CharField(
        label=gettext_lazy("The company's name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    organisation_number = forms.CharField(
        label=gettext_lazy("Organisation number"),
        help_text=gettext_lazy("Ten digits, with or without the hyphen."),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    about = forms.CharField(
        label=gettext_lazy("What does the company make or do?"),
        help_text=gettext_lazy(
            "A few sentences in Swedish or English, as you would tell a customer. "
            "They become the start of your profile, and you can change them at any time."
        ),
        max_length=LONGEST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )

    def clean_organisation_number(self) -> str:
        try:
            return organisation_number(self.cleaned_data["organisation_number"])
        except PersonalNumber as error:
            raise forms.ValidationError(
                _(
                    "This is a personal identity number, which we don't keep. Write to %(contact)s, "
                    "and the office registers your company with you."
                )
                % {"contact": settings.CONTACT_EMAIL}
            ) from error
        except NotAnOrganisationNumber as error:
            raise forms.ValidationError(
                _("This isn't a Swedish organisation number: a digit must be wrong or missing.")
            ) from error

    def company(self) -> StatedCompany:
        """What a valid form says of the company."""
        said = self.cleaned_data
        return StatedCompany(said["company_name"], said["organisation_number"], said["about"])


class RegistrationForm(CompanyForm):
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address at work"),
        help_text=gettext_lazy("We send a link to it, to see that it is yours."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=gettext_lazy("At least twelve characters. A few words in a row are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language shall we write to you?"), choices=settings.LANGUAGES
    )
    # Out of sight: people leave it empty, and programs that fill in forms don't.
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )

    field_order = ("name", "email", "password", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["website"].label = _("Leave this empty")
        self.fields["language"].initial = get_language()

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if password := said.get("password"):
            try:
                validate_password(password, User(name=said.get("name", ""), email=said.get("email", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return said

    @property
    def is_filled_by_a_program(self) -> bool:
        return bool(self.cleaned_data["website"])

    def person(self) -> NewPerson:
        """What a valid form says of who filled it in."""
        said = self.cleaned_data
        return NewPerson(said["name"], said["email"], said["password"], said["language"])


class RefusalForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why not? The person reads this."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
