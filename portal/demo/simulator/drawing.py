"""The simulator's pages and letters, drawn with Django's template language."""

from __future__ import annotations

from pathlib import Path

from django.template import Context, Engine

_ENGINE = Engine(
    dirs=[str(Path(__file__).parent / "pages")],
    builtins=["portal.demo.simulator.time_filters"],
    string_if_invalid="%s is missing",
)


def draw(name: str, **variables: object) -> str:
    """One page or letter, by the name of its template."""
    text = name.endswith(".txt")
    return _ENGINE.get_template(name).render(
        Context(variables, autoescape=not text, use_l10n=False, use_tz=False)
    )
