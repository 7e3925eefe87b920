"""Things that wait, and their addresses."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from django.test import Client

from opportunities.models import Opportunity
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory


def hidden_opportunity(title: str = "Smart poles along the ring road") -> Opportunity:
    """One that nobody but the office knows of."""
    opportunity = OpportunityFactory.create(publisher="cii", title=title, disclosed_from=None)
    OpportunityRevisionFactory.create(notice=NoticeFactory.create(opportunity=opportunity), number=1)
    return opportunity


def told_more(opportunity: Opportunity, number: int = 2) -> None:
    notice = NoticeFactory.create(opportunity=opportunity)
    OpportunityRevisionFactory.create(notice=notice, number=number)


def opened(client: Client, key: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(f"/office/inbox/?item={key}").content, "lxml")


def seen_in(page: BeautifulSoup) -> str:
    """How the thing stood when it was opened, as its forms send it."""
    field = page.select_one("#desk input[name=seen]")
    assert field is not None
    return str(field["value"])


def said_in(content: bytes) -> str:
    return re.sub(r"\s+", " ", BeautifulSoup(content, "lxml").get_text(" "))
