"""What the office types of a document that it attaches to a project."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opportunities.projects.documents import LONGEST_ADDRESS, LONGEST_TITLE, DocumentKind
from opportunities.services import DocumentNamed
from opportunities.templatetags.project_words import DOCUMENT_KINDS

_EARLIEST = date(2000, 1, 1)


class ProjectDocumentForm(forms.Form):
    """A document that stands on the web. For whom it is, the button says that was pressed."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of document"), choices=[*DOCUMENT_KINDS.items()])
    title = forms.CharField(label=gettext_lazy("Its title"), max_length=LONGEST_TITLE)
    url = forms.CharField(
        label=gettext_lazy("Where it is published"),
        help_text=gettext_lazy("Its address on the web, beginning with https://."),
        max_length=LONGEST_ADDRESS,
        validators=[URLValidator(schemes=["https", "http"])],
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    published_on = forms.DateField(
        label=gettext_lazy("Published on"),
        help_text=gettext_lazy("Leave it empty if the document doesn't say."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    audience = forms.ChoiceField(choices=[("office", "office"), ("members", "members")], required=False)

    def __init__(self, typed: Any = None, *, today: date) -> None:
        super().__init__(typed, auto_id="document_%s")
        self._today = today

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        split = urlsplit(url)
        if split.username is not None or split.password is not None:
            raise forms.ValidationError(_("This address holds a name to log in with. Leave that out."))
        # Whoever writes HTTPS:// means the same, and the database asks for the usual spelling.
        return split._replace(scheme=split.scheme.lower()).geturl()

    def clean_published_on(self) -> date | None:
        on: date | None = self.cleaned_data["published_on"]
        if on is not None and not _EARLIEST <= on <= self._today:
            raise forms.ValidationError(_("That day hasn't come yet, or lies before 2000."))
        return on

    def said(self) -> DocumentNamed:
        """What was typed. Unless it says for members, it is for the office alone."""
        typed = self.cleaned_data
        return DocumentNamed(
            DocumentKind(typed["kind"]),
            typed["title"],
            typed["url"],
            typed["published_on"],
            is_shared=typed["audience"] == "members",
        )
