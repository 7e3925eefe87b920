"""A process's notices as publications in order, each with what was true once it had been read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from opportunities.compile import SeenNotice, StandingFacts, compile_requirements, standing_after_each
from opportunities.exports.personal import impersonal_facts
from opportunities.exports.told import ToldNotice, ToldProcess
from opportunities.parsed_notice import NoticeKind, OpportunityFacts, ParsedNotice
from opportunities.sameness.keys import hosts_in

_OCID = "ocds-"
NOTHING = StandingFacts(OpportunityFacts(), frozenset())


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication about a process, and what stands after it."""

    notice: ParsedNotice
    # When everyone was told. Never earlier than that of the publication before, so that whoever puts releases
    # in the order of their dates comes to the same end.
    told_at: datetime
    before: StandingFacts
    after: StandingFacts
    asked: tuple[str, ...]  # sentences that say what is asked of whoever bids

    @property
    def is_public(self) -> bool:
        return is_public(self.notice)


def is_public(notice: ParsedNotice) -> bool:
    """Whether the world can read the original: a portal, known by its host, or one with open data.

    What else reaches us, the channel's word above all, was written for us.
    """
    return publishes_openly(notice.publisher)


@lru_cache(maxsize=1024)
def publishes_openly(publisher: str) -> bool:
    """Whether what this publisher tells can be read by the world."""
    return publisher.startswith(_OCID) or bool(hosts_in(publisher))


def publications(process: ToldProcess) -> Iterator[Publication]:
    """Each publication once, as it was read last, in the order in which they count."""
    heard = [(told.told_at, _public(told)) for told in process.notices]
    told_at = {id(seen): at for at, seen in heard}
    in_order = sorted((seen for _, seen in heard), key=lambda seen: seen.notice.process)
    in_order.sort(key=lambda seen: seen.order)
    last_reading = {_publication(seen): seen for seen in in_order}
    asks = any(seen.notice.requirements for seen in in_order)
    before, at, so_far = NOTHING, process.disclosed_from, list[SeenNotice]()
    for seen, after in standing_after_each(in_order):
        so_far.append(seen)
        at = max(at, told_at[id(seen)])
        if last_reading[_publication(seen)] is not seen:
            continue
        asked = compile_requirements(so_far) if asks else ()
        sentences = dict.fromkeys(one.requirement.sentence for one in asked)
        yield Publication(seen.notice, at, before, after, tuple(sentences))
        before = after


def _publication(seen: SeenNotice) -> tuple[str, str, str, NoticeKind]:
    notice = seen.notice
    return (notice.publisher, notice.process_id, notice.notice_id, notice.kind)


def _public(told: ToldNotice) -> SeenNotice:
    """Without people, and, of what the channel tells, without its prose: that isn't ours to pass on."""
    notice = told.seen.notice
    facts = impersonal_facts(notice.facts)
    if is_public(notice):
        if facts is notice.facts:
            return told.seen
        return SeenNotice(replace(notice, facts=facts), told.seen.seen_at)
    bare = replace(facts, description=None)
    return SeenNotice(replace(notice, facts=bare, requirements=()), told.seen.seen_at)
