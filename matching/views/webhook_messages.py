"""Messages that a company's owners ask for: a test, and what is posted again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from matching.delivery.webhooks.endpoints import SwitchedOff
from matching.delivery.webhooks.replaying import NoSuchMessage, Replay, Replayed, replay, replay_not_taken
from matching.delivery.webhooks.trying import owe_test
from matching.views.webhook_form import SinceForm
from matching.views.webhooks import own_endpoint, webhook_page
from portal.accounts.http import CompanyRequest
from portal.accounts.limits import limited
from portal.accounts.roles import owner_required


@require_POST
@owner_required
@limited("webhook_test")
def test_webhook(request: CompanyRequest, endpoint_id: int) -> HttpResponse:
    endpoint = own_endpoint(request, endpoint_id)
    try:
        owe_test(endpoint, now=timezone.now())
    except SwitchedOff:
        _say_that_it_is_off(request)
    return redirect("matching:webhook", endpoint.pk)


@require_POST
@owner_required
@limited("webhook_replay")
def replay_webhook(request: CompanyRequest, endpoint_id: int, delivery_id: int) -> HttpResponse:
    endpoint = own_endpoint(request, endpoint_id)
    try:
        came_of_it = replay(endpoint, delivery_id, now=timezone.now())
    except NoSuchMessage:
        raise Http404 from None
    except SwitchedOff:
        _say_that_it_is_off(request)
    else:
        match came_of_it:
            case Replay.OWED:
                messages.success(request, _("It is posted again, under the same webhook-id."))
            case Replay.ON_ITS_WAY:
                messages.info(request, _("It is on its way already, and is posted once."))
            case Replay.NOT_VISIBLE:
                messages.error(request, _("It is no longer disclosed to you, so it isn't posted again."))
    return redirect("matching:webhook", endpoint.pk)


@require_POST
@owner_required
@limited("webhook_replay")
def replay_not_taken_webhooks(request: CompanyRequest, endpoint_id: int) -> HttpResponse:
    endpoint = own_endpoint(request, endpoint_id)
    form = SinceForm(request.POST)
    if not form.is_valid():
        return webhook_page(request, endpoint, since=form)
    try:
        replayed = replay_not_taken(endpoint, form.cleaned_data["since"], now=timezone.now())
    except SwitchedOff:
        _say_that_it_is_off(request)
    else:
        _say_what_is_posted_again(request, replayed)
    return redirect("matching:webhook", endpoint.pk)


def _say_that_it_is_off(request: CompanyRequest) -> None:
    messages.error(
        request, _("This address is switched off, so nothing is posted there. Switch it on first.")
    )


def _say_what_is_posted_again(request: CompanyRequest, replayed: Replayed) -> None:
    if replayed.owed:
        told = ngettext(
            "%(count)s message is posted again, under its old webhook-id.",
            "%(count)s messages are posted again, under their old webhook-ids.",
            replayed.owed,
        )
        messages.success(request, told % {"count": replayed.owed})
    elif not replayed.not_visible:
        messages.info(request, _("Nothing since then is left to post again."))
    if replayed.left:
        told = ngettext(
            "%(count)s message is left: press again.",
            "%(count)s messages are left: press again.",
            replayed.left,
        )
        messages.warning(request, told % {"count": replayed.left})
    if replayed.not_visible:
        told = ngettext(
            "%(count)s message is about something that is no longer disclosed to you, and isn't posted.",
            "%(count)s messages are about something that is no longer disclosed to you, and aren't posted.",
            replayed.not_visible,
        )
        messages.warning(request, told % {"count": replayed.not_visible})
