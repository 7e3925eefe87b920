"""Where in a document something stands: noted in English, with the document's own names in between."""

from __future__ import annotations

import re

from django import template
from django.utils.translation import pgettext_lazy

register = template.Library()

_PARTS = {
    "row": pgettext_lazy("place in a document", "row"),
    "line": pgettext_lazy("place in a document", "line"),
    "paragraph": pgettext_lazy("place in a document", "paragraph"),
    "page": pgettext_lazy("place in a document", "page"),
    "item": pgettext_lazy("place in a document", "item"),
    "table": pgettext_lazy("place in a document", "table"),
    "column": pgettext_lazy("place in a document", "column"),
}
# At the start of the place or after a comma: in “Tender page 3.xlsx” it is part of a name.
_NUMBERED = re.compile(rf"(?:^|(?<=, ))({'|'.join(_PARTS)})(?= \d)")


@register.filter
def place_in_words(place: str) -> str:
    """The place in the reader's language: "page 2, line 14". Names that a document has for its parts stay."""
    return _NUMBERED.sub(lambda found: str(_PARTS[found[1]]), place)
