"""The fields of ours in releases, described as OCDS wants extensions described."""

from __future__ import annotations

from opportunities.exports.told import Json

NAME = "Re-published notices of Indian portals"


def description(documentation: str) -> Json:
    """The extension's extension.json."""
    return {
        "name": {"en": NAME},
        "description": {
            "en": "Who published a notice first, and what Indian notices say that OCDS has no field for."
        },
        "documentationUrl": {"en": documentation},
        "compatibility": ["1.1"],
        "schemas": ["release-schema.json"],
        "codelists": [],
    }


def _text(title: str, description: str) -> Json:
    return {"title": title, "description": description, "type": ["string", "null"]}


def _of(kind: str, title: str, description: str) -> Json:
    return {"title": title, "description": description, "type": [kind, "null"]}


def _value(title: str, description: str) -> Json:
    return {"title": title, "description": description, "$ref": "#/definitions/Value"}


RELEASE_SCHEMA: Json = {
    "definitions": {
        "Republication": {
            "title": "Republication",
            "description": "That this release isn't its source's own, and which source that is.",
            "type": "object",
            "properties": {
                "isOfficial": _of("boolean", "Official", "False: the original notice is what counts."),
                "source": {
                    "title": "Source",
                    "description": "Who published the notice first.",
                    "type": "object",
                    "properties": {
                        "name": _text("Name", "The host of the portal, or who told it."),
                        "number": _text("Number", "What the source numbers the process by."),
                    },
                },
            },
        },
        "SourceTerms": {
            "title": "Source terms",
            "description": "What the notice states that OCDS has no field for.",
            "type": "object",
            "properties": {
                "stage": _text("Stage", "How far the process has come, finer than tender.status."),
                "reference": _text("Reference", "The office's own number; several tenders may share one."),
                "category": _text("Category", "What is bought, where that is no OCDS category."),
                "productCategory": _text("Product category", "What is bought, in the portal's words."),
                "contractForm": _text("Form of contract", "Item rate, lump sum and so on."),
                "scheme": _text("Programme", "The programme that the work belongs to."),
                "isJointVentureAllowed": _of("boolean", "Joint venture", "Whether several may bid together."),
                "bidSecurity": _value("Bid security", "The earnest money deposit (EMD)."),
                "documentFee": _value("Document fee", "What the tender documents cost."),
                "bidValidityDays": _of("integer", "Validity of bids", "In days."),
                "place": {
                    "title": "Place of work",
                    "description": "Where the work is to be done.",
                    "type": "object",
                    "properties": {
                        "description": _text("Place", "As it is written."),
                        "locality": _text("City", "One of the hundred cities of the Smart Cities Mission."),
                        "region": _text("State", "ISO 3166-2."),
                        "postalCode": _text("Postal code", "Six digits."),
                        "countryName": _text("Country", "India."),
                    },
                },
                "unconfirmed": {
                    "title": "Unconfirmed",
                    "description": "Fields that were read with doubt and that nobody has confirmed.",
                    "type": "array",
                    "items": {"type": "string"},
                },
            },
        },
        "Organization": {
            "properties": {
                "details": {
                    "properties": {
                        "organisationChain": {
                            "title": "Organisation chain",
                            "description": "The offices above the buyer, from the top down to it.",
                            "type": "array",
                            "items": {"type": "string"},
                        }
                    }
                }
            }
        },
        "Tender": {"properties": {"sourceTerms": {"$ref": "#/definitions/SourceTerms"}}},
    },
    "properties": {"republication": {"$ref": "#/definitions/Republication"}},
}
