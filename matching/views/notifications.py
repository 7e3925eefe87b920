"""What mail a person gets: how often, from which score, in which language, and how much that will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from anymail.exceptions import AnymailError
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from matching.delivery.dead_rules import dead_rules
from matching.delivery.forecast import Forecast, expected_mail
from matching.delivery.links import preferences_path, view_token
from matching.delivery.missed import missed_matches
from matching.delivery.preview import preview_mail
from matching.delivery.subscribing import MailWish, habits_of, save_wish, wish_of
from matching.delivery.suppressing import standing_suppression
from matching.delivery.timetable import NIGHT, STANDARD, Habits, next_digest_on
from matching.delivery.trials import TrialOutcome, send_own_trial
from matching.models import CapabilityProfile, SavedSearch, Subscription
from matching.selectors import profiles_of, saved_search_of, saved_searches_of
from matching.selectors.subscriptions import (
    last_mails,
    recipient_known,
    subscription_of,
    subscription_to_follows,
    subscriptions_by_profile,
    subscriptions_by_search,
    wants_alerts,
)
from matching.views.notification_form import RHYTHMS, NotificationForm, asked_for, rhythm_of, wish_in
from matching.views.returning import back_to_page
from portal.accounts.http import CompanyRequest
from portal.accounts.limits import is_within_limit
from portal.accounts.models import Company
from portal.accounts.roles import company_required

MAILS_SHOWN = 5
SENT_AN_HOUR = 10
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


@dataclass(frozen=True, slots=True)
class Switch:
    """Something else that mail can be about, and what its reader has asked for."""

    name: str
    address: str
    rhythm: str  # one of RHYTHMS


@dataclass(frozen=True, slots=True)
class SubscriptionLine:
    """One profile of the company, and what its reader has asked for."""

    profile: CapabilityProfile
    subscription: Subscription | None
    wish: MailWish
    next_on: date | None


@require_GET
@company_required
def notifications(request: CompanyRequest) -> HttpResponse:
    """Each of the company's profiles, and what the person is sent about it."""
    now = timezone.now()
    profiles = profiles_of(request.company)
    own = subscriptions_by_profile(request.user, profiles)
    stopped = standing_suppression(request.user.email)
    lines = [
        SubscriptionLine(
            profile, own.get(profile.pk), wish_of(own.get(profile.pk)), _next(own.get(profile.pk), now)
        )
        for profile in profiles
    ]
    context = {
        "section": "notifications",
        "lines": lines,
        "switches": _switches(request),
        "rhythms": RHYTHMS,
        "stopped": stopped,
        "wants_alerts": wants_alerts(request.user),
        # Where nothing is sent at all, that is said instead.
        "dead_rules": () if stopped else dead_rules(request.user, now=now),
        "mails": [(mail, view_token(mail.pk)) for mail in last_mails(request.user, count=MAILS_SHOWN)],
    }
    return render(request, "matching/notifications.html", context)


def _switches(request: CompanyRequest) -> list[Switch]:
    searches = saved_searches_of(request.company)
    own = subscriptions_by_search(request.user, searches)
    follows = rhythm_of(wish_of(subscription_to_follows(request.user, request.company)))
    return [
        Switch(_("What you follow"), reverse("matching:mail_about_follows"), follows),
        *(
            Switch(
                _("Saved search “%(name)s”") % {"name": search.name},
                reverse("matching:mail_about_search", args=[search.pk]),
                rhythm_of(wish_of(own.get(search.pk))),
            )
            for search in searches
        ),
    ]


@require_POST
@company_required
def mail_about_follows(request: CompanyRequest) -> HttpResponse:
    """Choose the mail about what the company follows."""
    return _switched(request, request.company)


@require_POST
@company_required
def mail_about_search(request: CompanyRequest, search_id: int) -> HttpResponse:
    """Choose the mail about a saved search."""
    search = saved_search_of(request.company, search_id)
    if search is None or search.ended_at is not None:
        raise Http404
    return _switched(request, search)


def _switched(request: CompanyRequest, about: Company | SavedSearch) -> HttpResponse:
    rhythm = request.POST.get("rhythm", "")
    if rhythm not in {value for value, _name in RHYTHMS}:
        raise Http404
    save_wish(request.user, about, wish_in(rhythm), now=timezone.now())
    messages.success(request, _("Saved."))
    return back_to_page(request, otherwise="matching:notifications")


@require_http_methods(["GET", "POST"])
@company_required
def notification(request: CompanyRequest, profile_id: int) -> HttpResponse:
    """Choose the mail about one profile. A POST that isn't to save shows what the choice would mean."""
    profile = _own(request, profile_id)
    known = subscription_of(request.user, profile)
    if request.method == "GET":
        # Who has none yet is offered a mail every working day: it is sent only once that is saved.
        wish = wish_of(known) if known else MailWish(is_off=False)
        form = NotificationForm(profile=profile, initial=asked_for(wish, request.user))
        return _page(request, known, form, wish)
    form = NotificationForm(request.POST, profile=profile)
    if not form.is_valid():
        return _page(request, known, form, None, status=422)
    wish = form.wish()
    if request.POST.get("do") == "send":
        _send_to_me(request, profile, wish, known)
    if request.POST.get("do") != "save":
        return _page(request, known, form, wish)
    save_wish(request.user, profile, wish, now=timezone.now())
    messages.success(request, _("Saved. You get no mail about this profile.") if wish.is_off else _("Saved."))
    return redirect("matching:notification", profile.pk)


def _send_to_me(
    request: CompanyRequest, profile: CapabilityProfile, wish: MailWish, known: Subscription | None
) -> None:
    now = timezone.now()
    if not is_within_limit("send_to_me", key=str(request.user.pk), an_hour=SENT_AN_HOUR, now=now):
        messages.error(request, _("That was often enough for now. Try again in an hour."))
        return
    try:
        outcome = send_own_trial(request.user, profile, wish, known=known, now=now)
    except (OSError, AnymailError):
        messages.error(request, _("Your mail server did not take the mail. Try again once it works."))
        return
    if outcome is TrialOutcome.SENT:
        told = _("Sent to %(address)s, marked as a test.") % {"address": request.user.email}
        messages.success(request, told)
    elif outcome is TrialOutcome.NOTHING:
        messages.info(request, _("There is nothing to tell just now, so no mail was sent."))
    else:
        messages.error(
            request, _("Nothing was sent: your address isn't confirmed, or mail to it has stopped.")
        )


@require_GET
@company_required
def missed(request: CompanyRequest, profile_id: int) -> HttpResponse:
    """What the person would have been told lately, had the profile been as it is today."""
    profile = _own(request, profile_id)
    known = subscription_of(request.user, profile)
    least = known.least_score if known else profile.minimum_score
    context = {
        "section": "notifications",
        "profile": profile,
        "missed": missed_matches(profile, request.user, least=least, now=timezone.now()),
    }
    return render(request, "matching/missed.html", context)


@require_GET
@xframe_options_sameorigin
@company_required
def mail_preview(request: CompanyRequest, profile_id: int) -> HttpResponse:
    """The next mail's HTML as it would be sent now, shut in: it may neither run nor fetch anything."""
    profile = _own(request, profile_id)
    form = NotificationForm(request.GET, profile=profile)
    if not form.is_valid():
        raise Http404
    mail = preview_mail(
        request.user,
        profile,
        form.wish(),
        known=subscription_of(request.user, profile),
        now=timezone.now(),
    )
    if mail is None:
        raise Http404
    return HttpResponse(mail.html, headers={"Content-Security-Policy": SANDBOX})


def _own(request: CompanyRequest, profile_id: int) -> CapabilityProfile:
    found = [profile for profile in profiles_of(request.company) if profile.pk == profile_id]
    if not found:
        raise Http404
    return found[0]


def _page(
    request: CompanyRequest,
    known: Subscription | None,
    form: NotificationForm,
    wish: MailWish | None,
    *,
    status: int = 200,
) -> HttpResponse:
    now, profile = timezone.now(), form.profile
    is_wanted = wish is not None and not wish.is_off
    reader = known.recipient if known else recipient_known(request.user)
    habits = habits_of(reader) if reader else STANDARD
    context = {
        "section": "notifications",
        "now": now,
        "profile": profile,
        "subscription": known,
        "form": form,
        "wish": wish,
        "is_wanted": is_wanted,
        "forecast": _forecast(profile, wish, habits, now=now) if wish and is_wanted else None,
        "habits": habits,
        "preferences": preferences_path(reader.pk) if reader else "",
        "mail": preview_mail(request.user, profile, wish, known=known, now=now)
        if wish and is_wanted
        else None,
        "preview_query": urlencode(_given(form)),
        "next_on": _next(known, now),
    }
    return render(request, "matching/notification.html", context, status=status)


def _given(form: NotificationForm) -> dict[str, object]:
    return {name: form[name].value() or "" for name in form.fields}


def _forecast(profile: CapabilityProfile, wish: MailWish, habits: Habits, *, now: datetime) -> Forecast:
    least = max(profile.minimum_score, wish.minimum_score or 0)
    return expected_mail(profile, least=least, weekday=wish.weekday, habits=habits, now=now)


def _next(subscription: Subscription | None, now: datetime) -> date | None:
    """When the next mail may come; None for who gets none."""
    if subscription is None or subscription.ended_at is not None:
        return None
    habits = habits_of(subscription.recipient)
    today = habits.local(now)
    return next_digest_on(
        subscription.weekday,
        decided_on=subscription.decided_on,
        first=today.date() if today.hour < NIGHT else today.date() + timedelta(days=1),
        on=habits.days,
    )
