"""What views receive once the middleware has run and someone is signed in."""

from __future__ import annotations

from django.http import HttpRequest

from portal.accounts.models import Company, User


class CompanyRequest(HttpRequest):
    user: User
    company: Company


class OfficeRequest(HttpRequest):
    user: User
