"""Everything sent by which a member may come to know of an opportunity: what is said there."""

from __future__ import annotations

from datetime import timedelta

from django.core import mail
from django.utils import timezone

from matching.delivery.share import send_share
from matching.delivery.subscribing import MailWish, save_wish
from matching.delivery.webhooks.owing import owe_webhooks
from matching.delivery.webhooks.sending import send_webhook
from matching.models import Subscription
from opportunities.models import Opportunity
from opportunities.services import write_search_entries
from portal.accounts.models import User
from tests.factories.accounts import MembershipFactory
from tests.factories.matching import RecipientFactory, SavedSearchFactory, ShareFactory
from tests.factories.sending import WebhookEndpointFactory
from tests.integration.delivery.world import owe_and_send


def through_a_colleague_s_mail(person: User, opportunity: Opportunity) -> str:
    company = person.companies.get()
    colleague = MembershipFactory.create(company=company).user
    share = ShareFactory.create(company=company, opportunity=opportunity, by=person, to=colleague)
    send_share(share.pk, now=timezone.now())
    return "".join(f"{message.subject}{message.body}" for message in mail.outbox)


def through_the_digest(person: User, opportunity: Opportunity) -> str:
    del person, opportunity
    now = timezone.now()
    owe_and_send(now.date(), now=now)
    return "".join(str(message.body) for message in mail.outbox)


def through_mail_without_an_account(person: User, opportunity: Opportunity) -> str:
    """Its topics are everything, and it is asked for by nobody but a stranger."""
    del person
    now = timezone.now()
    Subscription.objects.all().delete()
    write_search_entries([opportunity.pk])
    stranger = RecipientFactory.create(user=None, email="stranger@example.net")
    Subscription.objects.create(recipient=stranger, kind="topics", created_at=now - timedelta(days=30))
    owe_and_send(now.date(), now=now)
    return "".join(str(message.body) for message in mail.outbox)


def through_mail_about_a_saved_search(person: User, opportunity: Opportunity) -> str:
    now = timezone.now()
    Subscription.objects.all().delete()
    write_search_entries([opportunity.pk])
    search = SavedSearchFactory.create(company=person.companies.get(), by=person, query="stage=tender")
    save_wish(person, search, MailWish(is_off=False), now=now - timedelta(days=30))
    owe_and_send(now.date(), now=now)
    return "".join(str(message.body) for message in mail.outbox)


def through_a_webhook(person: User, opportunity: Opportunity) -> str:
    """To a port where nobody listens: what would have been said is kept."""
    del opportunity
    now = timezone.now()
    address = "https://127.0.0.1:1/"
    endpoint = WebhookEndpointFactory.create(
        company=person.companies.get(), address=address, listens_since=now - timedelta(days=9)
    )
    owe_webhooks(endpoint.pk, now=now)
    for delivery in endpoint.deliveries.all():
        send_webhook(delivery.pk, now=now)
    return "".join(endpoint.deliveries.values_list("body", flat=True))
