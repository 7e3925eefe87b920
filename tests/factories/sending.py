"""What sending leaves behind."""

from __future__ import annotations

from django.utils import timezone
from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from matching.delivery.suppressing import address_hash
from matching.models import MailReport, Suppression, WebhookDelivery, WebhookEndpoint
from tests.factories.accounts import CompanyFactory
from tests.factories.opportunities import OpportunityFactory


class SuppressionFactory(DjangoModelFactory[Suppression]):
    class Meta:
        model = Suppression

    address_hash = Sequence(lambda n: address_hash(f"gone-{n}@example.org"))
    address_hint = "g…@example.org"
    reason = MailReport.Kind.HARD
    suppressed_at = LazyFunction(timezone.now)


class WebhookEndpointFactory(DjangoModelFactory[WebhookEndpoint]):
    class Meta:
        model = WebhookEndpoint

    company = SubFactory(CompanyFactory)
    address = Sequence(lambda n: f"https://hooks-{n}.example.org/setu")
    kinds = list(WebhookEndpoint.Kind)
    created_at = LazyFunction(timezone.now)
    listens_since = LazyFunction(timezone.now)


class WebhookDeliveryFactory(DjangoModelFactory[WebhookDelivery]):
    class Meta:
        model = WebhookDelivery

    endpoint = SubFactory(WebhookEndpointFactory)
    kind = WebhookDelivery.Kind.MATCH_NEW
    opportunity = SubFactory(OpportunityFactory)
    owed_at = LazyFunction(timezone.now)
