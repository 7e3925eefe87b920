"""What a person was sent, and mail to them that has stopped."""

from __future__ import annotations

from anymail.exceptions import AnymailError
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from matching.delivery import hindrances, joining
from matching.delivery.links import view_token
from matching.delivery.preferences import want_alerts
from matching.delivery.subscribing import recipient_of
from matching.delivery.suppressing import standing_suppression
from matching.delivery.writing_again import ask_to_write_again, asked_with, write_again
from matching.selectors.own_mail import mails_of, own_mail
from portal.accounts.http import CompanyRequest
from portal.accounts.limits import limited
from portal.accounts.roles import company_required

PER_PAGE = 20
WHY_NOT = {
    hindrances.NOTHING_LEFT: gettext_lazy("Nothing was left to tell when it was to be sent."),
    hindrances.NOT_WANTED: gettext_lazy("You had switched it off, or could no longer read it."),
    hindrances.SUPPRESSED: gettext_lazy("No mail is sent to your address."),
    hindrances.GIVEN_UP: gettext_lazy(
        "Your mail server refused it for days. A later mail tells what it held."
    ),
    hindrances.STALE: gettext_lazy("It was no news any more. The digest tells it."),
    hindrances.DROPPED: gettext_lazy("The office dropped that day's digests. The next one tells it."),
    hindrances.NO_ALERTS: gettext_lazy("You had switched alerts off. The digest tells it."),
    joining.JOINED: gettext_lazy("Your two subscriptions became one. The next digest tells it."),
}


@require_GET
@company_required
def sent_to_me(request: CompanyRequest) -> HttpResponse:
    """Every mail that was owed to the person, and what became of it."""
    page = Paginator(mails_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        (own_mail(delivery), view_token(delivery.pk), WHY_NOT.get(delivery.dropped_because, ""))
        for delivery in page
    ]
    context = {
        "section": "notifications",
        "now": timezone.now(),
        "page": page,
        "lines": lines,
        "stopped": standing_suppression(request.user.email),
    }
    return render(request, "matching/sent_to_me.html", context)


@require_POST
@company_required
def alerts(request: CompanyRequest) -> HttpResponse:
    """Alerts on or off, whatever digests there are."""
    recipient = recipient_of(request.user, now=timezone.now())
    want_alerts(recipient.pk, is_wanted=request.POST.get("wanted") == "yes")
    messages.success(request, _("Saved."))
    return redirect("matching:notifications")


@require_POST
@company_required
@limited("mail_again")
def mail_again(request: CompanyRequest) -> HttpResponse:
    """Send a link to the person's own address, which isn't written to otherwise."""
    try:
        if ask_to_write_again(request.user):
            told = _("A mail is on its way to %(address)s. Follow the link in it within three days.")
            messages.success(request, told % {"address": request.user.email})
    except (OSError, AnymailError):
        messages.error(request, _("Your mail server did not take the mail. Try again once it works."))
    return redirect("matching:sent_to_me")


@never_cache
@require_http_methods(["GET", "POST"])
def confirm_again(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, for programs that scan mail follow every link; POST has mail begin again."""
    asked = asked_with(token)
    if asked is None:
        raise Http404
    suppression, user = asked
    if request.method == "POST":
        write_again(suppression, user, now=timezone.now())
    context = {"address": user.email, "is_done": standing_suppression(user.email) is None}
    return render(request, "matching/write_again.html", context)
