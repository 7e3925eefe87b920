"""What the coordination office looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext

from ingest.models import PageLayout, Replay
from ingest.reading.columns.plan import TableState
from ingest.reading.questions import About, Question
from ingest.selectors import CanaryHealth, Freshness, OpenQuestion, ReplayShown
from ingest.selectors.replays import ReplayedFact, ReplayedField
from ingest.watching.alarms import Alarm
from matching.models import Delivery, MailReport, WebhookDelivery, WebhookEndpoint
from matching.views.follows import MuteSwitch
from opportunities.models import Merge
from opportunities.sameness.judge import Ground
from portal.accounts.changes import ChangedColumn, NotedChange
from portal.dashboards.inbox import Narrowed
from portal.dashboards.models import CaseEntry
from portal.dashboards.rulings import Decided
from portal.dashboards.waiting import Waiting, WaitingKind
from portal.gallery.made_up import LONG_TITLE, LONG_WORD, NOW, crore, person, requirement, source
from portal.gallery.records import Example, Within


def examples() -> Iterator[Example]:
    yield from _inbox()
    yield from _questions()
    yield from _cases()
    yield from _sources()
    yield from _replays()
    yield from _mail()
    yield from _noted()


def _noted() -> Iterator[Example]:
    columns = (
        ChangedColumn("name", "PMC", LONG_WORD),
        ChangedColumn("is_enabled", before=True, after=False),
        ChangedColumn("other_names", ["Poona"], []),
    )
    changes = {
        "by a person, with why": NotedChange(
            "opportunities_buyer",
            "update",
            NOW,
            "Olga Öberg",
            "/office/buyers/7/describe/",
            "Renamed",
            columns,
        ),
        "by a program": NotedChange("ingest_source", "update", NOW, None, "", "", columns[:1]),
        "what a company says is its own": NotedChange(
            "matching_capabilityprofile", "update", NOW, LONG_TITLE, "/profile/3/", "", columns
        ),
    }
    for state, change in changes.items():
        yield Example("noted_change", state, {"change": change}, Within.LIST)


def _inbox() -> Iterator[Example]:
    for kind in WaitingKind:
        given = {"kind": kind, "is_early": False, "is_read": False}
        yield Example("waiting_kind", kind.value, given)
        yield Example("waiting_kind_name", kind.value, {"kind": kind}, Within.LINE)
    undisclosed = {"kind": WaitingKind.UNDISCLOSED, "is_early": True, "is_read": False}
    yield Example("waiting_kind", "undisclosed, early", undisclosed)
    guessed = {"kind": WaitingKind.COLUMNS, "is_early": False, "is_read": True}
    yield Example("waiting_kind", "columns, guessed", guessed)
    for table in TableState:
        yield Example("table_state", table.value.replace("_", " "), {"state": table})
    for ground, likeness in ((Ground.TENDER_ID, None), (Ground.ADDRESS, None), (Ground.LIKENESS, 91)):
        yield Example(
            "ground", ground.value.replace("_", " "), {"ground": ground, "likeness": likeness}, Within.LINE
        )
    by_rule = Merge(pk=1, merged_at=NOW)
    undone = Merge(
        pk=2, merged_at=NOW, merged_by=person("Olga Olsson"), undone_at=NOW, undone_by=person("Olga Olsson")
    )
    contradicted = Merge(pk=3, merged_at=NOW, undone_at=NOW)
    merges = {"by rule": by_rule, "by a person, and split": undone, "split by rule": contradicted}
    for state, merge in merges.items():
        yield Example("who_merged", state, {"merge": merge}, Within.LINE)


def _questions() -> Iterator[Example]:
    questions = {
        "read with doubt": Question(About.FACT, "value", "line 4", "about Rs. 42 Cr.", crore(42)),
        "could not be read": Question(
            About.DOUBT,
            "submission_deadline",
            "line 9",
            LONG_WORD,
            reason="this isn't a date in any form we know",
        ),
        "a requirement": Question(
            About.REQUIREMENT, "turnover", "item 3", LONG_TITLE, requirement(amount=crore(40))
        ),
    }
    for number, (state, question) in enumerate(questions.items(), 1):
        line = Waiting(WaitingKind.UNSURE, number, "", "", NOW)
        given = {"asked": OpenQuestion(number, question), "item": line.key, "answer": None}
        given |= {"line": line, "narrowed": Narrowed(), "next_key": ""}
        yield Example("question", state, given)
    asked = requirement(amount=crore(40))
    answers = {
        "a fact": _decided("value", "about Rs. 42 Cr.", crore(42)),
        "a requirement, long": _decided("turnover", LONG_WORD, asked, is_requirement=True),
        "says nothing": _decided("prebid_at", "as per the corrigendum", None),
    }
    for state, decided in answers.items():
        yield Example("decided", state, {"decided": decided}, Within.LIST)


def _cases() -> Iterator[Example]:
    olga, other = person("Olga Olsson"), person("Oskar Ohlsson")
    other.pk = 2
    deed = CaseEntry.Deed
    entries = {
        "disclosed": CaseEntry(deed=deed.DISCLOSED),
        "disclosed from a moment on": CaseEntry(deed=deed.DISCLOSED, holds_from=NOW + timedelta(days=2)),
        "given away": CaseEntry(deed=deed.ASSIGNED, given_to=other),
        "a remark, long": CaseEntry(deed=deed.REMARKED, words=LONG_WORD),
        "undone": CaseEntry(deed=deed.SETTLED, words="A heading.", undone_by=other, undone_at=NOW),
    }
    for state, entry in entries.items():
        entry.done_by, entry.done_at = olga, NOW
        yield Example("case_entry", state, {"entry": entry}, Within.LINE)


def _decided(field: str, words: str, value: object, *, is_requirement: bool = False) -> Decided:
    return Decided(1, field, words, value, is_requirement, "Olga Olsson", NOW)


def _sources() -> Iterator[Example]:
    yield Example(
        "alarm", "few rows", {"source": source(alarm=Alarm.FEW_ROWS, alarm_found=3, alarm_usual=214)}
    )
    paused = source(opened_at=NOW - timedelta(hours=3), next_poll_at=NOW + timedelta(hours=1))
    yield Example("breaker", "paused", {"source": paused, "now": NOW})
    layouts = {
        "other headings": PageLayout(
            pk=1, page="tender", new_labels=["Bid fee"], gone_labels=["EMD", LONG_WORD]
        ),
        "another order": PageLayout(pk=2, page="list"),
    }
    for state, layout in layouts.items():
        layout.source = source()
        yield Example("changed_layout", state, {"layout": layout})
    failures = {
        "of a kind that we know": "SourceUnavailable: HTTP 503",
        "any other, long": f"ValueError: {LONG_WORD}",
    }
    for state, text in failures.items():
        yield Example("failure", state, {"text": text})
    yield Example("unread_reason", "in the reader's language", {"reason": "the workbook is empty"})
    yield Example("unread_reason", "one that we don't know, long", {"reason": LONG_WORD})
    hour = NOW - timedelta(hours=1)
    mailed = CanaryHealth(None, hour, timedelta(seconds=1), is_mailed=True, last_mailed_at=hour)
    canaries = {
        "comes through": CanaryHealth(None, NOW - timedelta(minutes=20), timedelta(seconds=31)),
        "doesn't": CanaryHealth(Alarm.CANARY_NOT_MATCHED, NOW - timedelta(hours=4), timedelta(seconds=1)),
        "none yet": CanaryHealth(None, None, None),
        "its mail arrives": replace(mailed, last_arrived_at=hour),
        "its mail goes out": mailed,
        "its mail has stopped arriving": replace(
            mailed, alarm=Alarm.CANARY_NOT_ARRIVED, last_arrived_at=NOW - timedelta(days=1)
        ),
        "its mail doesn't go out": replace(mailed, alarm=Alarm.CANARY_NOT_MAILED, last_mailed_at=None),
    }
    for state, canary in canaries.items():
        yield Example("canary", state, {"canary": canary, "now": NOW})
    for state, seconds in (("in time", 40), ("too slow", 400)):
        yield Example("freshness", state, {"freshness": Freshness(214, timedelta(seconds=seconds))})


def _replays() -> Iterator[Example]:
    facts = (ReplayedFact("maharashtra", "2026_PSCDC_91245_1", "845000000", "854000000"),)
    told_otherwise = (ReplayedField("value_amount", 1, facts), ReplayedField("", 0, ()))
    compared = {"requested_at": NOW, "compared_at": NOW, "parser_version": "12", "documents": 4_210}
    compared |= {"opportunities": 1_284, "different": 1}
    decided = {"decided_at": NOW, "decided_by": person("Olga Olsson")}
    replays = {
        "being made": Replay(pk=1, requested_at=NOW),
        "to be decided": Replay(pk=2, **compared),
        "accepted": Replay(pk=3, **compared, **decided, is_accepted=True),
        "done": Replay(pk=4, **compared, **decided, is_accepted=True, applied_at=NOW),
        "refused": Replay(pk=5, **compared, **decided, is_accepted=False),
    }
    for state, replay in replays.items():
        fields = told_otherwise if replay.compared_at else ()
        yield Example("replay", state, {"shown": ReplayShown(replay, fields, 312), "now": NOW})


def _mail() -> Iterator[Example]:
    messages = {
        "waiting": Delivery(),
        "sent": Delivery(sent_at=NOW),
        "failed": Delivery(last_error="ConnectionRefusedError"),
        "not sent": Delivery(dropped_because="nothing left to say"),
    }
    for state, message in messages.items():
        yield Example("delivery_state", state, {"message": message, "now": NOW})
    rhythms = [
        ("daily", gettext("Every working day")),
        ("0", gettext("On Mondays")),
        ("off", gettext("No mail")),
    ]
    for rhythm, _title in rhythms:
        switch = {
            "name": "What you follow",
            "address": "/",
            "rhythm": rhythm,
            "rhythms": rhythms,
            "page": "/",
        }
        yield Example("mail_switch", rhythm, {**switch, "csrf_token": "-"})
    for is_muted in (False, True):
        mute = {"switch": MuteSwitch("/", is_muted), "title": "SCADA for Pune", "page": "/"}
        yield Example("mute", "muted" if is_muted else "told", mute)
    for kind in MailReport.Kind:
        yield Example("mail_report_kind", kind.value, {"kind": kind})
    yield from _webhooks()


def _webhooks() -> Iterator[Example]:
    off = WebhookEndpoint.DisabledBecause
    endpoints = {
        "on": WebhookEndpoint(),
        "failing": WebhookEndpoint(failing_since=NOW),
        "off, failed": WebhookEndpoint(disabled_because=off.FAILED),
        "off, gone": WebhookEndpoint(disabled_because=off.GONE),
        "off, asked": WebhookEndpoint(disabled_because=off.ASKED),
    }
    for state, endpoint in endpoints.items():
        yield Example("webhook_state", state, {"endpoint": endpoint})
    for kind in WebhookDelivery.Kind:
        yield Example("webhook_kind", kind.value, {"kind": kind}, Within.LINE)
    deliveries = {
        "waiting": WebhookDelivery(),
        "taken": WebhookDelivery(taken_at=NOW, status=204),
        "failed": WebhookDelivery(last_error="500"),
        "given up": WebhookDelivery(given_up_at=NOW),
        "withdrawn": WebhookDelivery(dropped_because="no longer disclosed"),
    }
    for state, delivery in deliveries.items():
        yield Example("webhook_delivery_state", state, {"delivery": delivery})
    answers = {
        "taken": WebhookDelivery(taken_at=NOW, status=200, answer='{"ok": true}', took_seconds=0.04),
        "taken, no text": WebhookDelivery(taken_at=NOW, status=204, took_seconds=0.2),
        "redirect": WebhookDelivery(status=301, took_seconds=0.1),
        "refused": WebhookDelivery(status=400, answer="Unknown type. " * 30, took_seconds=1.5),
    }
    for state, delivery in answers.items():
        yield Example("webhook_answer", state, {"delivery": delivery})
    for failure in WebhookDelivery.Failure:
        failed = WebhookDelivery(failure=failure, took_seconds=15.0)
        yield Example("webhook_answer", failure.value, {"delivery": failed})
