"""The made-up companies, as unlike each other as members are, and what each can do."""

from __future__ import annotations

from portal.demo.companies.first_four import FIRST_FOUR
from portal.demo.companies.later_members import LATER_MEMBERS
from portal.demo.companies.records import DemoCompany, DemoProfile

__all__ = ["COMPANIES", "DemoCompany", "DemoProfile"]

# In the order in which they joined
COMPANIES: tuple[DemoCompany, ...] = (*FIRST_FOUR, *LATER_MEMBERS)
