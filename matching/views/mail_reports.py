"""What the mail provider reports of our mails."""

from __future__ import annotations

import hashlib
from importlib import import_module
from typing import Any

from anymail.signals import EventType, RejectReason
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.generic import View

from matching.delivery.reports.parse import scrubbed
from matching.delivery.suppressing import Reported, note_report
from matching.models import MailReport
from matching.selectors.own_mail import delivery_reported

Kind = MailReport.Kind
LARGEST = 1024 * 1024  # bytes
_GONE = (RejectReason.BOUNCED, RejectReason.INVALID)


@csrf_exempt  # a provider's server posts here; the secret, and its signature where it has one, are checked
@require_POST
def mail_reports(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Note every bounce and complaint in it, if it is the provider that is set up and shows the secret."""
    is_set_up = provider == settings.MAIL_PROVIDER and bool(settings.MAIL_REPORTS_SECRET)
    view = _tracking_view(provider) if is_set_up else None
    if view is None:
        raise Http404
    if int(request.headers.get("Content-Length") or 0) > LARGEST or len(request.body) > LARGEST:
        return HttpResponse(status=413)
    # Straight from the provider's checks and parser, without the signal that the library would send: what
    # listens to a signal isn't to be seen here, and a failure in it is no longer ours to answer.
    reader: Any = view()
    reader.setup(request)
    try:
        reader.run_validators(request)
    except SuspiciousOperation:
        return HttpResponse(status=401)
    try:
        events = reader.parse_events(request)
    except (ValueError, KeyError, TypeError, AttributeError):  # not as the provider writes them
        return HttpResponse(status=400)
    for event in events:
        reported = _reported(event, provider)
        if reported is not None:
            note_report(reported, now=timezone.now())
    return HttpResponse()


def _tracking_view(provider: str) -> type[View] | None:
    try:
        module = import_module(f"anymail.webhooks.{provider}")
    except ImportError:
        return None
    views = [
        found
        for name, found in vars(module).items()
        if name.endswith(("TrackingWebhookView", "CombinedWebhookView"))
    ]
    return views[0] if views else None


def _reported(event: Any, provider: str) -> Reported | None:
    kind = _kind(event)
    if kind is None or not event.recipient:
        return None
    told = (provider, event.event_id, event.message_id, event.recipient, event.event_type, event.timestamp)
    return Reported(
        address=event.recipient,
        kind=kind,
        channel=MailReport.Channel.PROVIDER,
        fingerprint=hashlib.sha256(repr(told).encode()).hexdigest(),
        said=scrubbed(str(event.mta_response or event.description or "")),
        delivery_id=delivery_reported(str(event.message_id or ""), event.recipient),
    )


def _kind(event: Any) -> MailReport.Kind | None:
    match event.event_type:
        case EventType.COMPLAINED:
            return Kind.COMPLAINT
        case EventType.UNSUBSCRIBED:
            return Kind.ASKED
        case EventType.BOUNCED | EventType.REJECTED:
            return Kind.HARD if event.reject_reason in _GONE else Kind.SOFT
    return None
