from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back_to_page(request: HttpRequest, *, otherwise: str) -> HttpResponse:
    """To the page of ours that a form was sent from, or to the page of this name."""
    page = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        return redirect(page)
    return redirect(otherwise)
