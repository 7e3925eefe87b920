"""When matching and its mail run. What they do is in the services."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from matching import services
from matching.delivery import alerting, canary, joining, share, signing_up
from matching.delivery import owing as digests
from matching.delivery import services as delivery_services
from matching.delivery.recovering import recover_lost_work as recover
from matching.delivery.reports.mailbox import read_reports
from matching.delivery.webhooks import owing, sending, telling
from matching.models import CapabilityProfile, Delivery, Share, SignUp, WebhookDelivery, WebhookEndpoint
from opportunities.models import OpportunityRevision
from portal.lib.batches import batched
from portal.lib.retry import postpone_on_failure

# Seconds. With the last mail's, well within a task's time.
SENDING_LASTS = 60


@shared_task
def score_pending_opportunities() -> None:
    """The rows say what is left to do, so a lost message costs one sweep and no more."""
    pending = OpportunityRevision.objects.filter(scored=None).order_by("opportunity")
    for pk in pending.values_list("opportunity", flat=True).distinct()[:500]:
        # Expires when a sweep would ask again, so a backlog can't fill with repeats.
        score_opportunity.apply_async((pk,), expires=60)


@shared_task
def score_opportunity(opportunity_id: int) -> None:
    services.score_opportunity(opportunity_id, now=timezone.now())


@shared_task
def score_pending_profiles() -> None:
    awaiting = CapabilityProfile.objects.awaiting_scoring(scorer_versions=services.sufficient_versions())
    for pk in awaiting.values_list("pk", flat=True)[:500]:
        score_profile.apply_async((pk,), expires=60)


@shared_task
def score_profile(profile_id: int) -> None:
    services.score_profile(profile_id, now=timezone.now())


@shared_task
def label_pending_opportunities() -> None:
    services.label_opportunities()


@shared_task
def encode_pending_texts() -> None:
    services.encode_due(now=timezone.now())


# The first build reads every open opportunity. A second process leaves at once while one is at it.
@shared_task(soft_time_limit=2 * 3600, time_limit=2 * 3600 + 60)
def refresh_index() -> None:
    services.refresh_index(now=timezone.now())


@shared_task(soft_time_limit=2 * 3600, time_limit=2 * 3600 + 60)
def check_matches() -> None:
    services.check_matches(now=timezone.now())


@shared_task
def refresh_term_statistics() -> None:
    services.refresh_term_statistics(now=timezone.now())


@shared_task
def owe_due_digests() -> None:
    now = timezone.now()
    canary.keep_canary(now=now)
    digests.owe_due_digests(now=now)


@shared_task
def send_pending_deliveries() -> None:
    due = Delivery.objects.due_at(timezone.now()).order_by("retry_at")
    for some in batched(due.values_list("pk", flat=True)[:500], delivery_services.AT_A_TIME):
        send_deliveries.apply_async((some,), expires=60)


@shared_task
def send_deliveries(delivery_ids: list[int]) -> None:
    """Each failure is noted on its row. What isn't begun in time is the next sweep's."""
    delivery_services.send_deliveries(delivery_ids, now=timezone.now(), lasts=SENDING_LASTS)


@shared_task
def send_pending_shares() -> None:
    due = Share.objects.due_at(timezone.now()).order_by("retry_at")
    for pk in due.values_list("pk", flat=True)[:500]:
        send_share.apply_async((pk,), expires=60)


@shared_task
def send_share(share_id: int) -> None:
    now = timezone.now()
    with postpone_on_failure(Share, share_id, now=now):
        share.send_share(share_id, now=now)


@shared_task
def read_mail_reports() -> None:
    """Nothing, where no mailbox is set up."""
    if settings.BOUNCE_MAILBOX:
        read_reports(now=timezone.now())


@shared_task
def count_losses() -> None:
    services.count_losses(now=timezone.now())


@shared_task
def owe_pending_webhooks() -> None:
    for pk in WebhookEndpoint.objects.listening().values_list("pk", flat=True):
        owe_webhooks.apply_async((pk,), expires=60)


@shared_task
def owe_webhooks(endpoint_id: int) -> None:
    owing.owe_webhooks(endpoint_id, now=timezone.now())


@shared_task
def send_pending_webhooks() -> None:
    due = WebhookDelivery.objects.due_at(timezone.now()).order_by("retry_at", "pk")
    for pk in due.values_list("pk", flat=True)[:100]:
        send_webhook.apply_async((pk,), expires=60)


@shared_task
def send_webhook(delivery_id: int) -> None:
    now = timezone.now()
    with postpone_on_failure(WebhookDelivery, delivery_id, now=now):
        sending.send_webhook(delivery_id, now=now)


@shared_task
def tell_webhook_owners() -> None:
    now = timezone.now()
    for pk in telling.untold_endpoints():
        telling.tell_owners(pk, now=now)


@shared_task
def owe_alerts() -> None:
    alerting.owe_alerts(now=timezone.now())


@shared_task
def recover_lost_work() -> None:
    recover(now=timezone.now())


@shared_task
def send_pending_sign_ups() -> None:
    due = SignUp.objects.due_at(timezone.now()).order_by("retry_at")
    for pk in due.values_list("pk", flat=True)[:500]:
        send_sign_up.apply_async((pk,), expires=60)


@shared_task
def send_sign_up(sign_up_id: int) -> None:
    now = timezone.now()
    with postpone_on_failure(SignUp, sign_up_id, now=now):
        signing_up.send_sign_up(sign_up_id, now=now)


@shared_task
def join_recipients() -> None:
    joining.join_recipients()


@shared_task
def forget_unconfirmed_sign_ups() -> None:
    signing_up.forget_unconfirmed_sign_ups(now=timezone.now())
