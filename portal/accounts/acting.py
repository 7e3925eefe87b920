"""For whom a person acts."""

from __future__ import annotations

from dataclasses import dataclass

from portal.accounts.models import Company, Membership

CHOSEN = "company"  # where the session keeps which company was chosen


@dataclass(frozen=True, slots=True)
class Acting:
    """A person's memberships, and which of them counts now."""

    membership: Membership | None = None  # in an approved company
    others: tuple[Membership, ...] = ()  # in other approved companies
    waiting: Company | None = None  # one that the office hasn't approved

    @property
    def company(self) -> Company | None:
        return self.membership.company if self.membership else None

    @property
    def is_owner(self) -> bool:
        return self.membership is not None and self.membership.is_owner


def acting_for(user_id: int | None, *, chosen: object) -> Acting:
    """What somebody may act as; ``chosen`` is a company's key, heeded only where the person acts for it.

    One query.
    """
    if user_id is None:
        return Acting()
    own = list(Membership.objects.filter(user=user_id).select_related("company").order_by("pk"))
    approved = [membership for membership in own if membership.company.is_approved]
    waiting = next((membership.company for membership in own if not membership.company.is_approved), None)
    current = next((one for one in approved if one.company_id == chosen), approved[0] if approved else None)
    others = tuple(membership for membership in approved if membership is not current)
    return Acting(current, others, waiting)
