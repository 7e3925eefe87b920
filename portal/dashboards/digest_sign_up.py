"""The digest for people without an account: chosen on a page, agreed to by mail."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from matching.delivery.links import preferences_path
from matching.delivery.signing_up import (
    WantedTopics,
    ask_to_sign_up,
    confirm_sign_up,
    sign_up_with,
    weekly_news,
)
from matching.delivery.topics import search_of, topics_in_words
from matching.scoring.engine import DOMAINS, domain_name
from opportunities.parsed_notice import EARLY_STAGES, Stage
from opportunities.places import STATES
from opportunities.searching.address import query_of
from opportunities.searching.definition import OpportunitySearch
from opportunities.templatetags.opportunity_words import state_name
from portal.accounts.limits import limited
from portal.dashboards.saved_searches import volume_in_words

EARLY, SOUNDING, TENDER = "early", "sounding", "tender"
_STAGES = {
    EARLY: tuple(EARLY_STAGES),
    SOUNDING: (Stage.RFI, Stage.EOI, Stage.RFQ),
    TENDER: (Stage.TENDER,),
}
IMMEDIATE, DAILY, WEEKLY = "immediate", "daily", "weekly"
MONDAY = 0
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
MOST_CITIES = 10


class DigestForm(forms.Form):
    domains = forms.MultipleChoiceField(
        required=False,
        label=_("Fields"),
        help_text=_("None chosen means all."),
        widget=forms.CheckboxSelectMultiple,
    )
    stages = forms.MultipleChoiceField(
        required=False,
        label=_("How far along"),
        choices=[
            (EARLY, _("Early stage, before any tender")),
            (SOUNDING, _("The market is asked")),
            (TENDER, _("Open tenders")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    states = forms.MultipleChoiceField(required=False, label=_("States"), widget=forms.CheckboxSelectMultiple)
    cities = forms.CharField(
        required=False,
        max_length=300,
        label=_("Cities"),
        help_text=_("Several with a comma between them, such as Pune, Surat. Empty: all."),
    )
    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=[
            (WEEKLY, _("On Mondays")),
            (DAILY, _("Every working day")),
            (IMMEDIATE, _("Within the hour, by day")),
        ],
    )
    language = forms.ChoiceField(choices=LANGUAGES, label=_("Language of the mail"))
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        language = get_language() or "en"
        by_name = sorted((domain_name(slug, language), slug) for slug in DOMAINS)
        self.fields["domains"].choices = [(slug, name) for name, slug in by_name]  # type: ignore[attr-defined]
        states = sorted((state_name(state.code), state.code) for state in STATES)
        self.fields["states"].choices = [(code, name) for name, code in states]  # type: ignore[attr-defined]

    def search(self) -> OpportunitySearch:
        """What the topics ask for, as far as they are understood."""
        given = self.cleaned_data
        cities = [city.strip() for city in given.get("cities", "").split(",")]
        return search_of(
            query_of(
                OpportunitySearch(
                    domain=tuple(given.get("domains", ())),
                    stage=tuple(stage for name in given.get("stages", ()) for stage in _STAGES[name]),
                    state=tuple(given.get("states", ())),
                    city=tuple(city for city in cities if city)[:MOST_CITIES],
                )
            )
        )


@limited("digest")
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Choose topics. A POST that isn't to sign up shows how much mail they would come to."""
    now = timezone.now()
    is_asked = request.POST.get("do") == "sign_up"
    form = DigestForm(
        request.POST or None,
        initial={"rhythm": WEEKLY, "language": get_language(), "stages": [EARLY, TENDER]},
    )
    is_valid = form.is_valid()
    if is_valid and is_asked:
        rhythm = form.cleaned_data["rhythm"]
        wanted = WantedTopics(
            query=query_of(form.search()),
            language=form.cleaned_data["language"],
            weekday=MONDAY if rhythm == WEEKLY else None,
            is_immediate=rhythm == IMMEDIATE,
        )
        ask_to_sign_up(wanted, email=form.cleaned_data["email"], page=request.path, now=now)
        return redirect("dashboards:digest_sent")
    context: dict[str, object] = {"form": form}
    if form.is_bound and not is_asked:
        search = form.search()
        form.errors.pop("email", None)
        context |= {
            "topics": topics_in_words(search),
            "volume": volume_in_words(weekly_news(search, at=now)),
        }
    return render(request, "public/digest.html", context, status=422 if is_asked else 200)


@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "public/digest_sent.html")


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, for programs that scan mail follow every link; POST begins."""
    now = timezone.now()
    asked = sign_up_with(token, now=now)
    if asked is None:
        raise Http404
    with translation.override(asked.language):
        context = {"asked": asked, "topics": topics_in_words(search_of(asked.query))}
        if request.method == "POST":
            subscription = confirm_sign_up(asked.pk, now=now)
            context |= {"begun": True, "preferences": preferences_path(subscription.recipient_id)}
        return render(request, "public/digest_confirm.html", context)
