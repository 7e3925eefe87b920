from __future__ import annotations

from django.db.models import F, QuerySet

from matching.models import Delivery


def deliveries() -> QuerySet[Delivery]:
    """Every message owed or sent to people, the latest first, without bodies: for the office alone."""
    return (
        Delivery.objects.to_people()
        .select_related("run", "recipient__user")
        .defer("body_text", "body_html")
        .order_by(F("sent_at").desc(nulls_first=True), "-pk")
    )


def delivery(delivery_id: int) -> Delivery | None:
    """One message with its bodies: for the office alone."""
    return Delivery.objects.select_related("run", "recipient__user").filter(pk=delivery_id).first()
