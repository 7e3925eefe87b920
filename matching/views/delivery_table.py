from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matching.models import Delivery
from portal.lib.clocks import STOCKHOLM
from portal.lib.spreadsheet import Cell
from portal.lib.tables import Column, Table


def _here(at: datetime | None) -> Cell:
    return at.astimezone(STOCKHOLM) if at else None


# Without what the mails say: that concerns their readers.
DELIVERIES: Table[Delivery] = Table(
    "deliveries",
    _("Deliveries"),
    (
        Column("subject", _("Subject"), lambda message: message.subject),
        Column(
            "kind", _("Kind"), lambda message: gettext("Alert") if message.is_alert else gettext("Digest")
        ),
        Column("to", _("To"), lambda message: message.address or message.recipient.address),
        Column("owed", _("Owed since"), lambda message: _here(message.owed_at)),
        Column("sent", _("Sent"), lambda message: _here(message.sent_at)),
        Column("attempts", _("Tries"), lambda message: message.attempts),
        Column("in_doubt", _("In doubt"), lambda message: message.doubts),
        Column("is_late", _("Late"), lambda message: message.is_late),
        Column("dropped_because", _("Not sent because"), lambda message: message.dropped_because),
    ),
)
