from __future__ import annotations

from rest_framework.request import Request

from portal.accounts.roles import is_office
from portal.api.callers import Scope
from portal.api.problems import not_allowed
from portal.api.view import ApiView


class OfficeView(ApiView):
    """For the coordination office alone."""

    scopes = {"GET": Scope.OFFICE, "POST": Scope.OFFICE, "DELETE": Scope.OFFICE}

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        # Of a token that outlived its person's role, whatever it says.
        if self.scope_for(request.method) is not None and not is_office(self.caller.user):
            raise not_allowed()
