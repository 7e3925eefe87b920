"""What sending leaves behind."""

from __future__ import annotations

from django.utils import timezone
from factory.declarations import LazyFunction, Sequence
from factory.django import DjangoModelFactory

from matching.delivery.suppressing import address_hash
from matching.models import MailReport, Suppression


class SuppressionFactory(DjangoModelFactory[Suppression]):
    class Meta:
        model = Suppression

    address_hash = Sequence(lambda n: address_hash(f"gone-{n}@example.org"))
    address_hint = "g…@example.org"
    reason = MailReport.Kind.HARD
    suppressed_at = LazyFunction(timezone.now)
