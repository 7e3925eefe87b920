"""A company's own systems, and what Setu posts to them. Its owners decide."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from matching.delivery.webhooks import endpoints
from matching.models import WebhookEndpoint
from matching.selectors.webhooks import (
    latest_webhook_test,
    not_taken_webhooks,
    older_secret_ends_at,
    webhook_deliveries,
    webhook_endpoint,
    webhook_endpoints,
)
from matching.views.webhook_form import EndpointForm, KindsForm, SinceForm, clock_on_the_wall
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import owner_required

PER_PAGE = 20
# So long the page looks for a test's answer by itself.
LOOKED_FOR = timedelta(minutes=1)


@never_cache
@require_http_methods(["GET", "POST"])
@owner_required
def webhooks(request: CompanyRequest) -> HttpResponse:
    """Where the company is told. A POST adds an address, and shows its secret once."""
    form = EndpointForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = endpoints.add_endpoint(
                request.company, said["address"], said["kinds"], by=request.user, now=timezone.now()
            )
        except endpoints.AddressTaken:
            form.add_error("address", _("Setu posts to that address already."))
        except endpoints.TooManyEndpoints:
            form.add_error(None, _("There are as many addresses as there may be. Remove one first."))
        else:
            return _secret(request, made)
    context = {"section": "webhooks", "endpoints": webhook_endpoints(request.company), "form": form}
    return render(request, "matching/webhooks.html", context, status=422 if form.is_bound else 200)


@require_GET
@owner_required
def webhook(request: CompanyRequest, endpoint_id: int) -> HttpResponse:
    return webhook_page(request, own_endpoint(request, endpoint_id))


@require_POST
@owner_required
def choose_kinds(request: CompanyRequest, endpoint_id: int) -> HttpResponse:
    endpoint = own_endpoint(request, endpoint_id)
    form = KindsForm(request.POST)
    if not form.is_valid():
        return webhook_page(request, endpoint, kinds=form)
    endpoints.choose_kinds(endpoint, form.cleaned_data["kinds"])
    messages.success(request, _("Saved."))
    return redirect("matching:webhook", endpoint.pk)


@never_cache
@require_POST
@owner_required
def new_webhook_secret(request: CompanyRequest, endpoint_id: int) -> HttpResponse:
    """The new secret, shown once. The one before goes on for a day."""
    return _secret(request, endpoints.new_secret(own_endpoint(request, endpoint_id), now=timezone.now()))


@require_POST
@owner_required
def revoke_webhook_secrets(request: CompanyRequest, endpoint_id: int) -> HttpResponse:
    endpoint = own_endpoint(request, endpoint_id)
    endpoints.revoke_older_secrets(endpoint, now=timezone.now())
    messages.success(request, _("Only the latest secret signs from now on."))
    return redirect("matching:webhook", endpoint.pk)


@require_POST
@owner_required
def switch_webhook(request: CompanyRequest, endpoint_id: int) -> HttpResponse:
    endpoint, now = own_endpoint(request, endpoint_id), timezone.now()
    if request.POST.get("do") == "on":
        endpoints.switch_on(endpoint, now=now)
        messages.success(request, _("Switched on. What was missed is posted now."))
    else:
        endpoints.switch_off(endpoint, WebhookEndpoint.DisabledBecause.ASKED, now=now)
        messages.success(request, _("Switched off."))
    return redirect("matching:webhook", endpoint.pk)


@require_POST
@owner_required
def remove_webhook(request: CompanyRequest, endpoint_id: int) -> HttpResponse:
    endpoints.end_endpoint(own_endpoint(request, endpoint_id), now=timezone.now())
    messages.success(request, _("Removed. Nothing is posted there any more."))
    return redirect("matching:webhooks")


def own_endpoint(request: CompanyRequest, endpoint_id: int) -> WebhookEndpoint:
    endpoint = webhook_endpoint(endpoint_id, company=request.company)
    if endpoint is None:
        raise Http404
    return endpoint


def _secret(request: CompanyRequest, made: endpoints.MadeSecret) -> HttpResponse:
    context = {"section": "webhooks", "endpoint": made.endpoint, "secret": made.secret}
    return render(request, "matching/webhook_secret.html", context)


def webhook_page(
    request: CompanyRequest,
    endpoint: WebhookEndpoint,
    *,
    kinds: KindsForm | None = None,
    since: SinceForm | None = None,
) -> HttpResponse:
    """The endpoint's page; with one of its forms when that was filled in wrongly."""
    now = timezone.now()
    test = latest_webhook_test(endpoint)
    is_being_tried = test is not None and test.is_unsent and now - test.owed_at < LOOKED_FOR
    if is_being_tried and request.htmx.target == "test-answer":
        return HttpResponse(status=204)  # nothing new: what is on the page stays, and isn't read out again
    not_taken = not_taken_webhooks(endpoint)
    page = Paginator(webhook_deliveries(endpoint), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "webhooks",
        "now": now,
        "endpoint": endpoint,
        "page": page,
        "test": test,
        "is_being_tried": is_being_tried,
        "not_taken": not_taken.count,
        "older_secret_ends_at": older_secret_ends_at(endpoint, at=now),
        "form": kinds or KindsForm(initial={"kinds": endpoint.kinds}),
        "since": since or SinceForm(initial={"since": clock_on_the_wall(not_taken.oldest_at or now)}),
    }
    return render(request, "matching/webhook.html", context, status=422 if kinds or since else 200)
