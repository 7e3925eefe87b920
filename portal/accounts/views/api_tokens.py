"""Tokens with which a person's own programs use the API."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.api_tokens import (
    MadeToken,
    TooManyTokens,
    make_token,
    revoke_token,
    scopes_open_to,
    tokens_of,
)
from portal.accounts.http import PersonRequest
from portal.accounts.models import ApiToken, User
from portal.accounts.roles import is_office, person_required

Scope = ApiToken.Scope
_SCOPES = (
    (Scope.READ, gettext_lazy("Read what you may see")),
    (Scope.WRITE, gettext_lazy("Change profiles, verdicts, follows and what mail you get")),
    (Scope.OFFICE, gettext_lazy("Do what the office does: read the inbox, disclose, link")),
)
_LIVES = (
    ("30", gettext_lazy("30 days")),
    ("90", gettext_lazy("90 days")),
    ("365", gettext_lazy("a year")),
)


class TokenForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        help_text=gettext_lazy("For yourself, to know it again: “Our case system”."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), widget=forms.CheckboxSelectMultiple, initial=[Scope.READ]
    )
    days = forms.ChoiceField(label=gettext_lazy("How long it lasts"), choices=_LIVES, initial="90")

    def __init__(self, *args: object, of: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  as it is declared above
        field.choices = [(scope.value, name) for scope, name in _SCOPES if scope in scopes_open_to(of)]


@never_cache
@require_http_methods(["GET", "POST"])
@person_required
def api_tokens(request: PersonRequest) -> HttpResponse:
    """What is alive. A POST makes one more: the page that answers is the only place where it stands."""
    if request.company is None and not is_office(request.user):
        raise PermissionDenied
    form = TokenForm(request.POST if request.method == "POST" else None, of=request.user)
    if form.is_valid():
        made = _made(request, form)
        if made is not None:
            return render(request, "accounts/api_token.html", {"made": made})
    context = {"form": form, "tokens": tokens_of(request.user, at=timezone.now())}
    return render(request, "accounts/api_tokens.html", context, status=422 if form.is_bound else 200)


@require_POST
@person_required
def revoke_api_token(request: PersonRequest, token_id: int) -> HttpResponse:
    if not revoke_token(token_id, user=request.user, now=timezone.now()):
        raise Http404
    messages.success(request, _("Revoked. It opens nothing any more."))
    return redirect("accounts:api_tokens")


def _made(request: PersonRequest, form: TokenForm) -> MadeToken | None:
    said = form.cleaned_data
    scopes = [Scope(scope) for scope in said["scopes"]]
    if Scope.OFFICE in scopes and not _is_by_second_factor(request):
        form.add_error("scopes", _("Log out, and log in again with a code from the phone, for this."))
        return None
    try:
        return make_token(
            said["name"],
            scopes,
            user=request.user,
            company=None if is_office(request.user) else request.company,
            life=timedelta(days=int(said["days"])),
            now=timezone.now(),
        )
    except TooManyTokens:
        form.add_error(None, _("There are as many tokens as there may be. Revoke one first."))
        return None


def _is_by_second_factor(request: PersonRequest) -> bool:
    """Whether this very log-in was by a code from the phone as well, where the office is asked for one."""
    if not settings.OFFICE_SECOND_FACTOR:
        return True
    by = {record.get("method") for record in get_authentication_records(request, request.user)}
    return is_mfa_enabled(request.user) and "mfa" in by
