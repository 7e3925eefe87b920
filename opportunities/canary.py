"""The made-up notices that show, hour by hour, that the whole road is open."""

from __future__ import annotations

# No real portal can have a name under .invalid (RFC 2606).
CANARY_PUBLISHER = "canary.invalid"
# Under this address it is subscribed to itself; where its mail really goes is a setting.
CANARY_RECIPIENT = "canary@canary.invalid"
# O'clock in Stockholm: from then on, each day, one is sent by mail.
CANARY_MAIL_HOUR = 7
