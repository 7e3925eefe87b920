"""What the addresses of a company's own have in common."""

from __future__ import annotations

from rest_framework.request import Request

from matching.selectors import Reader
from portal.api.callers import Scope
from portal.api.view import ApiView

NO_OTHERS = "None of your company's"


class OwnView(ApiView):
    """For those who act for a company."""

    scopes = {
        "GET": Scope.READ,
        "POST": Scope.WRITE,
        "PATCH": Scope.WRITE,
        "DELETE": Scope.WRITE,
    }

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        if self.scope_for(request.method) is not None:
            self.company  # noqa: B018  raises for whoever acts for none, before anything is looked at

    @property
    def reader(self) -> Reader:
        return Reader(self.person, self.company)
