"""The type of the fixture ``as_``, for tests to name it by."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from portal.accounts.models import User

SignIn = Callable[[User], Client]
