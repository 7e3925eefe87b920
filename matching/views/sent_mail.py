"""What Setu has sent, as the office sees it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from matching.selectors import deliveries, delivery
from matching.selectors.sent_shares import as_told, shares
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.lib.numbers import number_in

PER_PAGE = 20
SHARES_PER_PAGE = 50


@require_GET
@office_required
def sent_mail(request: OfficeRequest) -> HttpResponse:
    """What has been sent, and what is still owed. One message is shown beside the list."""
    page = Paginator(deliveries(), PER_PAGE).get_page(request.GET.get("page"))
    chosen = number_in(request.GET.get("message", ""))
    shown = delivery(chosen) if chosen else None
    if chosen and shown is None:
        raise Http404
    context = {"section": "mail", "now": timezone.now(), "page": page, "shown": shown}
    return render(request, "matching/sent_mail.html", context)


@require_GET
@xframe_options_sameorigin
@office_required
def sent_mail_body(request: OfficeRequest, delivery_id: int) -> HttpResponse:
    """A message's HTML as it was sent, shut in: it may neither run nor fetch anything."""
    del request
    message = delivery(delivery_id)
    if message is None:
        raise Http404
    policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
    return HttpResponse(message.body_html, headers={"Content-Security-Policy": policy})


@require_GET
@office_required
def shares_sent(request: OfficeRequest) -> HttpResponse:
    """That colleagues showed each other opportunities by mail, and whether it was sent: nothing of what."""
    page = Paginator(shares(), SHARES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"section": "mail", "now": timezone.now(), "page": page, "shares": as_told(page)}
    return render(request, "matching/shares_sent.html", context)
