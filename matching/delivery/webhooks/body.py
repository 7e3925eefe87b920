"""What a message says, in JSON. Told what the door shows at that moment, and nothing else."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from matching.delivery import links
from matching.delivery.webhooks.made_up import made_up
from matching.models import Match, WebhookDelivery
from opportunities.compile import Change
from opportunities.project_selectors import visible_projects
from opportunities.selectors import visible_opportunities
from opportunities.serialization import changes_from_json, changes_to_json
from portal.lib.money import Money

Kind = WebhookDelivery.Kind


def body_of(delivery: WebhookDelivery, *, now: datetime) -> str | None:
    """The message, or None when its company may no longer know of what it tells. Reads the endpoint."""
    if delivery.kind == Kind.TEST:
        return _message(delivery, made_up(delivery.endpoint, at=delivery.owed_at))
    if delivery.opportunity_id is None:
        return None
    company = delivery.endpoint.company
    known = visible_opportunities(to=company, at=now).filter(pk=delivery.opportunity_id)
    opportunity = known.defer("search_vector", "description").first()
    if opportunity is None or not _knows_project(delivery, now=now):
        return None
    deadline = opportunity.moment("submission_deadline")
    told: dict[str, Any] = {
        "opportunity": {
            "id": opportunity.pk,
            "url": links.opportunity_url(opportunity.pk),
            "title": opportunity.title,
            "stage": opportunity.stage,
            "buyer": opportunity.buyer_name or None,
            "city": opportunity.city or None,
            "state": opportunity.state or None,
            "value": _money(opportunity.value),
            "submission_deadline": deadline.at.isoformat() if deadline else None,
            "submission_deadline_has_time": deadline.has_time if deadline else None,
            "published_at": opportunity.published_at.isoformat() if opportunity.published_at else None,
            "source_url": opportunity.url or None,
        },
        "matches": [
            {"profile_id": profile_id, "profile": name, "score": score}
            for profile_id, name, score in Match.objects.filter(
                profile__company=company, profile__retired_at=None, opportunity=opportunity
            )
            .order_by("-score", "profile")
            .values_list("profile", "profile__name", "score")
        ],
    }
    if delivery.kind == Kind.OPPORTUNITY_CHANGED:
        told["changes"] = [_change(change) for change in changes_from_json(delivery.changes)]
    if delivery.project is not None:
        told["project"] = {
            "id": delivery.project.pk,
            "url": links.absolute(f"/projects/{delivery.project.pk}/"),
            "title": delivery.project.title,
        }
    return _message(delivery, told)


def _knows_project(delivery: WebhookDelivery, *, now: datetime) -> bool:
    """Whether its company may know of the project that a message names, if it does: a door of its own."""
    if delivery.project_id is None:
        return True
    return visible_projects(to=delivery.endpoint.company, at=now).filter(pk=delivery.project_id).exists()


def _message(delivery: WebhookDelivery, data: dict[str, Any]) -> str:
    said = {"type": delivery.kind, "timestamp": delivery.owed_at.isoformat(), "data": data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _money(value: Money | None) -> dict[str, str] | None:
    return None if value is None else {"amount": str(value.amount), "currency": value.currency}


def _change(change: Change) -> dict[str, Any]:
    (written,) = changes_to_json((change,))
    return dict(written)
