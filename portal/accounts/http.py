"""What views receive once the middleware has run and someone is signed in."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from portal.accounts.acting import Acting
from portal.accounts.models import Company, OfficeLook, User


class PersonRequest(HttpRequest):
    user: User
    company: Company | None
    acting: Acting
    htmx: HtmxDetails


class CompanyRequest(HttpRequest):
    user: User
    company: Company
    acting: Acting
    htmx: HtmxDetails
    # One of the office who looks at what the company is shown: nothing of its own, and nothing is noted
    is_guest: bool


class OfficeRequest(HttpRequest):
    user: User
    htmx: HtmxDetails
    is_guest: bool
    office_look: OfficeLook | None
