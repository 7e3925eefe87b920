"""Who becomes a member: from then on disclosures reach it, so the ledger tells of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from opportunities.chain import LedgerKind
from opportunities.services.ledger import About, write_ledger
from portal.accounts.models import Company, User
from portal.accounts.registering import approve_registration, refuse_registration


@transaction.atomic
def admit_company(registration_id: int, *, by: User, now: datetime) -> bool:
    """Approve a registration; where a company becomes a member by it, the ledger tells what rules find it by.

    A person who joins a member sees what it saw already, and leaves no line. False if it was decided before.
    """
    decided = approve_registration(registration_id, by=by, now=now)
    if decided is not None and decided.company is not None:
        company = Company.objects.get(pk=decided.company)
        details = {"domains": company.domains, "region": company.region}
        write_ledger(LedgerKind.ADMITTED, by=by, now=now, about=About(company=company.pk), details=details)
    return decided is not None


@transaction.atomic
def refuse_company(registration_id: int, *, because: str, by: User, now: datetime) -> bool:
    """Refuse a registration; a company kept out by it gets a line of the ledger. False if decided before.

    The reason may speak of a person, whom a ledger couldn't forget: it stands with the registration alone.
    """
    decided = refuse_registration(registration_id, because=because, by=by, now=now)
    if decided is not None and decided.company is not None:
        write_ledger(LedgerKind.REFUSED, by=by, now=now, about=About(company=decided.company))
    return decided is not None
