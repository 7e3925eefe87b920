from __future__ import annotations

import os
import subprocess
import sys

from django.conf import settings


def test_what_a_production_site_needs_is_set() -> None:
    """Django's own list: cookies, HSTS, redirects, a key that is long enough."""
    production = {
        "SITE_URL": "https://setu.example.org",
        "ALLOWED_HOSTS": "setu.example.org",
        "SECRET_KEY": "x2" + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "BEHIND_PROXY": "True",
        "DEBUG": "False",
        "DEMO": "False",
    }

    # Browser tests in the same process set what only they may have.
    ours = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env=ours | production,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert (checked.returncode, checked.stderr.strip()) == (0, "")
