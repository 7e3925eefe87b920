"""Which browser and system a program says it is, for people who want to know their own again."""

from __future__ import annotations

import re
from dataclasses import dataclass

# By the word that tells them apart. The first found counts: most say that they are Chrome and Safari too.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Vivaldi", "Vivaldi"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chromium", "Chromium"),
    ("HeadlessChrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Browser:
    name: str
    system: str


def browser_of(user_agent: str) -> Browser | None:
    """By the header ``User-Agent``. None unless both are known: half of it would tell a person little."""
    name = next((name for word, name in _BROWSERS if re.search(rf"\b{word}[A-Za-z]*/", user_agent)), None)
    system = next((system for word, system in _SYSTEMS if word in user_agent), None)
    return Browser(name, system) if name and system else None
