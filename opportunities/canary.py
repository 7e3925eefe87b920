"""The made-up notices that show, hour by hour, that the whole road is open."""

from __future__ import annotations

# No real portal can have a name under .invalid (RFC 2606).
CANARY_PUBLISHER = "canary.invalid"
