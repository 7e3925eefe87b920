from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class MembersOnlyAdapter(DefaultAccountAdapter):
    """Accounts are made by the office."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        del request
        return False
