"""What the REST framework and its schema are told, for the settings."""

from __future__ import annotations

from typing import Any

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.api.authentication.ByToken",
        "portal.api.authentication.BySession",
    ],
    # Each view says itself who may ask: see ApiView.
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.api.parsing.JsonAsAsked"],
    "DEFAULT_THROTTLE_CLASSES": ["portal.api.throttling.PaceOfScope"],
    "DEFAULT_SCHEMA_CLASS": "portal.api.describing.ApiSchema",
    "EXCEPTION_HANDLER": "portal.api.problems.answer_problem",
    # Another format is another address.
    "URL_FORMAT_OVERRIDE": None,
}
# How often one token, person or, without either, one address of the network may ask.
API_PACES = {"public": "60/min", "read": "600/min", "write": "60/min", "office": "300/min"}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Setu",
    "VERSION": "1.0",
    "OAS_VERSION": "3.1.1",
    "DESCRIPTION": (
        "Indian smart-city tenders for Swedish companies. What everybody may know is open to all; with a"
        " token you get what your company may know, and what is your own. How to get a token, paging, errors"
        " and what we promise about versions: docs/api.md."
    ),
    "LICENSE": {"name": "MIT", "identifier": "MIT"},
    "SERVERS": [{"url": "/", "description": "This installation"}],
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": [],
    "COMPONENT_SPLIT_REQUEST": True,
    # What a PATCH may leave out its serializer says itself.
    "COMPONENT_SPLIT_PATCH": False,
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "DeedEnum": "portal.api.serializers.office.DEEDS",
        "LedgerKindEnum": "portal.api.serializers.office.LEDGER_KINDS",
        "WaitingKindEnum": "portal.api.serializers.office.KINDS",
        "RhythmEnum": "portal.api.serializers.said_own.RHYTHMS",
        "NewRhythmEnum": "portal.api.serializers.said_own.NEW_RHYTHMS",
    },
    "SORT_OPERATIONS": False,
    "TAGS": [
        {"name": "opportunities", "description": "What is on offer, as the pages show it."},
        {"name": "projects", "description": "What is coming, before it is tendered."},
        {"name": "buyers", "description": "Who buys, where, and what their tenders so far were like."},
        {"name": "own", "description": "What is your company's own, and what mail you get."},
        {"name": "office", "description": "What the coordination office does: for its tokens alone."},
    ],
}
