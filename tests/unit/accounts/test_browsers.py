from __future__ import annotations

import pytest

from portal.accounts.browsers import Browser, browser_of
from portal.accounts.templatetags.accounts_words import browser_in_words

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
ON_WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0.0.0 Safari/537.36"
ON_LINUX = f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} HeadlessChrome/142.0.0.0 Safari/537.36"
ON_ANDROID = f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36"
ON_IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {WEBKIT} Version/26.0 Safari/604.1"
ON_MAC = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/26.0 Safari/605.1.15"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


@pytest.mark.parametrize(
    ("user_agent", "browser"),
    [
        (ON_WINDOWS, Browser("Chrome", "Windows")),
        (f"{ON_WINDOWS} Edg/142.0.0.0", Browser("Edge", "Windows")),
        (f"{ON_WINDOWS} OPR/120.0.0.0", Browser("Opera", "Windows")),
        (ON_LINUX, Browser("Chrome", "Linux")),
        (ON_ANDROID, Browser("Chrome", "Android")),
        (f"{ON_ANDROID} EdgA/142.0.0.0", Browser("Edge", "Android")),
        (ON_IPHONE, Browser("Safari", "iPhone")),
        (ON_IPHONE.replace("Version", "CriOS"), Browser("Chrome", "iPhone")),
        (ON_IPHONE.replace("Version", "FxiOS"), Browser("Firefox", "iPhone")),
        (ON_MAC, Browser("Safari", "macOS")),
        (FIREFOX, Browser("Firefox", "Linux")),
        ("curl/8.5.0", None),
        ("Mozilla/5.0 (Haiku x86_64) WebPositive", None),
        ("", None),
    ],
)
def test_a_browser_is_known_by_the_word_that_tells_it_from_others(
    user_agent: str, browser: Browser | None
) -> None:
    assert browser_of(user_agent) == browser


def test_a_known_browser_is_said_in_words() -> None:
    assert browser_in_words(FIREFOX) == "Firefox on Linux"


def test_an_unknown_one_speaks_for_itself_but_not_for_long() -> None:
    assert browser_in_words("curl/8.5.0") == "curl/8.5.0"
    assert len(browser_in_words("x" * 200)) == 60


def test_one_that_says_nothing_is_said_to() -> None:
    assert browser_in_words("") == "a browser that doesn't say which"
