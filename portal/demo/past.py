"""The made-up months before today: the channel's earlier bulletins, each read as on the day it came, what the
office told of projects meanwhile, and what members made of both."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from functools import partial

from django.db import transaction

from ingest.models import Source
from ingest.services import parse_document, poll_source
from ingest.services.source_settings import settings_of
from ingest.services.store_document import store_document
from ingest.sources.base import FetchedDocument
from ingest.sources.cii_mailbox.fetch import fetch_messages
from matching.services import count_losses, score_opportunity
from opportunities.models import Opportunity
from portal.demo.days import Days
from portal.demo.members import Members
from portal.demo.projects import plan_projects
from portal.demo.sources import ARCHIVE

_READ_AFTER = timedelta(minutes=2)


def tell_of_the_past(*, now: datetime) -> bool:
    """Let everything happen that happened before ``now``, in its order; return whether anything did.

    In one transaction: all or nothing, and no sweep reads a bulletin of July as if it had come today.
    """
    with transaction.atomic():
        archive = Source.objects.select_for_update().filter(slug=ARCHIVE, last_polled_at=None).first()
        days = Days()
        plan_projects(days, now=now)
        if archive is not None:
            members = Members(days, now=now)
            for mail in fetch_messages(settings_of(archive)):
                at = message_from_bytes(mail.body, policy=default)["Date"].datetime + _READ_AFTER
                days.plan(at, partial(_read, archive, mail, members, now=at))
        happened = days.pass_by()
        if archive is not None:
            count_losses(now=now)
            poll_source(archive.pk, now=now)  # holds nothing new: from now on it counts as read
    return happened > 0


def _read(archive: Source, mail: FetchedDocument, members: Members, *, now: datetime) -> None:
    document, _ = store_document(archive, mail, now=now)
    parse_document(document.pk, now=now)
    notices = document.extractions.values("notice__opportunity")
    unscored = Opportunity.objects.filter(pk__in=notices, revisions__scored=None)
    changed = list(unscored.order_by("pk").distinct().values_list("pk", flat=True))
    for pk in changed:
        score_opportunity(pk, now=now)
    members.hear(changed, at=now)
