from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from portal.api.problems import not_found
from portal.api.view import ApiView


@extend_schema(exclude=True)
class Missing(ApiView):
    """Any address that means nothing, answered as the others are."""

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        self.perform_authentication(request)
        raise not_found()
