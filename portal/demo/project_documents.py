"""What the made-up cities have published about their plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import slugify

from opportunities.projects.documents import DocumentKind
from opportunities.services import DocumentNamed


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """A document on a city's own pages. Nobody can own a name under .example, so its link leads nowhere."""

    kind: DocumentKind
    title: str
    city: str
    published: int  # days ago
    is_shared: bool = True

    def named(self, today: date) -> DocumentNamed:
        """As the office describes it."""
        url = f"https://smartcity.{self.city}.example/{slugify(self.title)}.pdf"
        return DocumentNamed(
            self.kind, self.title, url, today - timedelta(days=self.published), self.is_shared
        )
