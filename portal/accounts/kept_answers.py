"""What programs were answered, kept for a day under keys of their own choosing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.accounts.models import Company, KeptAnswer, User
from portal.lib.locks import try_lock_until_commit

KEPT_FOR = timedelta(days=1)  # at least: old ones go once a night


class StillAnswering(Exception):
    """The same key came before, and isn't answered yet."""


class KeyOfAnother(Exception):
    """The key was sent with something else before."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a program sends under a key, for whom."""

    user: User
    company: Company | None  # None: for the office
    key: str
    request: bytes  # method, address and body

    @property
    def request_hash(self) -> str:
        return hashlib.sha256(self.request).hexdigest()


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    body: Any  # as JSON has it; None where there is none
    location: str = ""


def answer_kept(sent: Sent) -> Answered | None:
    """What was answered before; None where this is the first time.

    Within a transaction only, in which the caller does what is asked and keeps the answer: until it ends
    whoever sends the same key is refused by StillAnswering. Raises KeyOfAnother.
    """
    owner = sent.company.pk if sent.company else 0
    if not try_lock_until_commit(f"kept answer {sent.user.pk} {owner} {sent.key}"):
        raise StillAnswering
    kept = KeptAnswer.objects.filter(user=sent.user, company=sent.company, key=sent.key).first()
    if kept is None:
        return None
    if kept.request_hash != sent.request_hash:
        raise KeyOfAnother
    return Answered(kept.status, kept.body, kept.location)


def keep_answer(sent: Sent, answered: Answered, *, now: datetime) -> None:
    """Keep it in the transaction that did what was asked, so that there is never one without the other."""
    KeptAnswer.objects.create(
        user=sent.user,
        company=sent.company,
        key=sent.key,
        request_hash=sent.request_hash,
        status=answered.status,
        body=answered.body,
        location=answered.location,
        created_at=now,
    )


def forget_answers(*, now: datetime) -> int:
    """Remove those older than KEPT_FOR; return how many."""
    return KeptAnswer.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]
