"""Pages that mails lead to. Whoever holds the address may use it: its token says for whom it is."""

from __future__ import annotations

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from matching.delivery import links
from matching.delivery.former import current_recipient, current_subscriptions
from matching.delivery.leaving import end_subscriptions, resume_subscriptions
from matching.delivery.subscribing import mute as mute_opportunity
from matching.delivery.subscribing import unmute
from matching.delivery.topics import subscription_name
from matching.models import Delivery, Withdrawal
from matching.selectors.subscriptions import told_title
from matching.views.returning import back_to_page


@csrf_exempt  # a mail program posts here by itself (RFC 8058), and the token is the secret
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, for programs that scan mail follow every link; POST ends it, or resumes it if so asked."""
    asked = current_subscriptions(links.subscriptions_of(token))
    if request.method == "POST":
        keys = list(asked.values_list("pk", flat=True))
        if "resume" in request.POST:
            resume_subscriptions(keys)
        else:
            end_subscriptions(keys, way=Withdrawal.Way.CLICK, now=timezone.now())
    subscriptions = list(asked.with_what_is_read().order_by("pk"))
    if not subscriptions:
        raise Http404
    recipient = subscriptions[0].recipient
    context = {
        "recipient": recipient,
        "are_ended": all(subscription.ended_at for subscription in subscriptions),
    }
    with translation.override(recipient.mail_language):
        context["subscriptions"] = [(each, subscription_name(each)) for each in subscriptions]
        return render(request, "matching/unsubscribe.html", context)


@csrf_exempt  # as above
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mute(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks; POST lets no more mail tell of the opportunity, or lets it again if so asked."""
    muted = links.muted_by(token)
    recipient = current_recipient(muted[0]) if muted else None
    if muted is None or recipient is None:
        raise Http404
    opportunity_id = muted[1]
    if request.method == "POST":
        if "resume" in request.POST:
            unmute(recipient.pk, opportunity_id)
        else:
            mute_opportunity(recipient.pk, opportunity_id, now=timezone.now())
        if "next" in request.POST:
            return back_to_page(request, otherwise="matching:notifications")
    context = {
        "recipient": recipient,
        "title": told_title(recipient, opportunity_id),
        "is_muted": recipient.mutes.filter(opportunity=opportunity_id).exists(),
    }
    with translation.override(recipient.mail_language):
        return render(request, "matching/mute.html", context)


@never_cache
@require_GET
# A mail carries its styles in its tags. The ignore: django-csp types views that take a request alone.
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [NONE]})  # type: ignore[arg-type]
def view_mail(request: HttpRequest, token: str) -> HttpResponse:
    """A digest as it was sent."""
    del request
    delivery_id = links.delivery_of(token)
    delivery = get_object_or_404(Delivery.objects.exclude(sent_at=None), pk=delivery_id)
    return HttpResponse(delivery.body_html)
