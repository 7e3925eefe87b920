from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matching.delivery.links import absolute
from opportunities.templatetags.opportunity_words import stage_name, state_name
from opportunities.templatetags.project_words import confidence_name
from portal.lib.tables import Column, Table

# Without the office's contacts and its own notes: it is what members get.
PROJECTS: Table[Any] = Table(
    "early-stage",
    _("Early stage"),
    (
        Column("title", _("Title"), lambda project: project.title),
        Column("stage", _("Stage"), lambda project: stage_name(project.stage) if project.stage else ""),
        Column("buyer", _("Buyer"), lambda project: project.buyer_name),
        Column("city", _("City"), lambda project: project.city),
        Column("state", _("State"), lambda project: state_name(project.state) if project.state else ""),
        Column("value", _("Value"), lambda project: project.value_amount),
        Column("value_until", _("Value, at most"), lambda project: project.value_until_amount),
        Column("currency", _("Currency"), lambda project: project.value_currency),
        Column("expected_from", _("Tender expected from"), lambda project: project.tender_expected_from),
        Column("expected_until", _("Tender expected until"), lambda project: project.tender_expected_until),
        Column(
            "confidence",
            _("How sure"),
            lambda project: confidence_name(project.confidence) if project.confidence else "",
        ),
        Column("programme", _("Programme"), lambda project: project.scheme),
        Column("funding", _("Funding"), lambda project: project.funding),
        Column(
            "page",
            _("Page in Setu"),
            lambda project: absolute(reverse("dashboards:project", args=[project.pk])),
        ),
    ),
)
