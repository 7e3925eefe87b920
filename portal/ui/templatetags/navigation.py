"""Links of the masthead and of the person's menu, a line for each: {% nav_link route section text %}."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.template import Context
from django.urls import reverse

register = template.Library()


@dataclass(frozen=True, slots=True)
class NavLink:
    address: str
    text: str
    is_current: bool


@register.inclusion_tag("components/nav_link.html", takes_context=True)
def nav_link(context: Context, route: str, section: str, text: str) -> dict[str, NavLink]:
    """A link to the page of that route; current where the view has set ``section`` to the same word."""
    is_current = context.get("section") == section
    return {"link": NavLink(address=reverse(route), text=text, is_current=is_current)}
