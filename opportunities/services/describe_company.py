from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from opportunities.chain import Detail, LedgerKind
from opportunities.services.ledger import About, write_ledger
from portal.accounts.models import Company, User


@transaction.atomic
def describe_company(
    company_id: int,
    *,
    by: User | None,
    now: datetime,
    domains: Iterable[str] | None = None,
    region: str | None = None,
) -> None:
    """Note in which domains a company works and in which county it sits: what disclosures go by.

    What it comes to fit, it sees from then on, so the ledger tells of every change. None leaves a side as it
    is; the same again changes nothing.
    """
    company = Company.objects.select_for_update(no_key=True).get(pk=company_id)
    said = (company.domains, company.region)
    company.domains = company.domains if domains is None else sorted(set(domains))
    company.region = company.region if region is None else region
    if said == (company.domains, company.region):
        return
    company.save(update_fields=["domains", "region"])
    before: Detail = {"domains": said[0], "region": said[1]}
    details = {"domains": company.domains, "region": company.region, "before": before}
    write_ledger(LedgerKind.DESCRIBED, by=by, now=now, about=About(company=company.pk), details=details)
