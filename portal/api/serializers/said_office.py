"""What the office's programs say."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from ingest.services import Answer
from matching.scoring.engine import DOMAINS
from portal.accounts.counties import COUNTIES
from portal.api.said import ChoiceIn, IdIn, LineIn, LinesIn, MomentIn, Said, WordsIn, YesNoIn
from portal.dashboards.by_hand import ANNOUNCED, KINDS

DISCLOSE, SETTLE, MERGE, APPROVE, NAME = "disclose", "settle", "merge", "approve", "name"
ANSWER, ASSIGN, REMARK = "answer", "assign", "remark"
# What each deed is told with: always, and perhaps.
_TOLD_WITH: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    DISCLOSE: (frozenset(), frozenset({"visible_from"})),
    SETTLE: (frozenset({"because"}), frozenset()),
    MERGE: (frozenset(), frozenset({"may_disclose"})),
    APPROVE: (frozenset(), frozenset()),
    NAME: (frozenset({"buyer"}), frozenset()),
    ANSWER: (frozenset({"extraction", "question", "answer"}), frozenset({"words"})),
    ASSIGN: (frozenset(), frozenset({"to_me", "to"})),
    REMARK: (frozenset({"remark"}), frozenset()),
}


def _typed(longest: int, about: str) -> Any:
    return WordsIn(max_length=longest, required=False, help_text=about)


class DeedSaid(Said):
    do = ChoiceIn([(one, one) for one in _TOLD_WITH])
    visible_from = MomentIn(required=False, help_text="Of disclose; not told: at once")
    because = LineIn(max_length=500, required=False, help_text="Of settle: why it needs nothing more")
    may_disclose = YesNoIn(required=False, help_text="Of merge: what members don't see of one yet as well")
    buyer = IdIn(required=False, help_text="Of name: which of /buyers is meant")
    extraction = IdIn(required=False, help_text="Of answer: as the question has it")
    question = LineIn(max_length=100, required=False, help_text="Of answer: the question's key")
    answer = ChoiceIn([(one.value, one.value) for one in Answer], required=False)
    words = WordsIn(max_length=500, required=False, help_text="Of answer: what it should say")
    to_me = YesNoIn(required=False, help_text="Of assign: to you, or to nobody")
    to = IdIn(
        required=False,
        allow_null=True,
        help_text="Of assign, instead of to_me: which of /office/colleagues; null: nobody",
    )
    remark = LinesIn(max_length=2_000, required=False, help_text="Of remark: for colleagues")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        always, perhaps = _TOLD_WITH[attrs["do"]]
        told = set(attrs) - {"do"}
        wrong = {name: _("It isn't of this deed.") for name in told - always - perhaps}
        wrong |= {name: _("This deed needs it.") for name in always - told}
        if wrong:
            raise serializers.ValidationError(wrong)
        if attrs["do"] == ASSIGN and len(told) != 1:
            raise serializers.ValidationError({"to": _("Say to whom: by this or by to_me.")})
        if "remark" in attrs and not attrs["remark"]:
            raise serializers.ValidationError({"remark": _("This deed needs it.")})
        return attrs


class HandReadingSaid(Said):
    kind = ChoiceIn(
        [(kind.value, kind.value) for kind, _name in KINDS],
        help_text="tender for something new, at whatever stage; or a change to something known",
    )
    title = _typed(1_000, "")
    description = LinesIn(max_length=10_000, required=False)
    stage = ChoiceIn([(stage.value, stage.value) for stage in ANNOUNCED], required=False)
    buyer_name = _typed(300, "")
    location = _typed(300, "City and state: “Mysuru, Karnataka”")
    process_id = _typed(100, "Tender ID or the bulletin's own number; of a change: what it changes")
    portal = _typed(200, "The address of the portal that numbers it; not told: whoever the document is from")
    value = _typed(100, "As it stands there: “Rs. 42 Cr.”")
    submission_deadline = _typed(80, "As it stands there, Indian time: “31/12/2026 15:00”")
    published_at = _typed(80, "As it stands there: “20/11/2026”")
    is_last = YesNoIn(
        required=False,
        help_text="Of a whole document: nothing more is to be read in it; not told: so it is",
    )


def _of(names: Any, most: int) -> Any:
    choices = [(name, name) for name in names]
    return serializers.ListField(child=ChoiceIn(choices), max_length=most, default=list)


class AudienceSaid(Said):
    domains = _of(DOMAINS, len(DOMAINS))
    regions = _of(COUNTIES, len(COUNTIES))


class DisclosureSaid(AudienceSaid):
    visible_from = MomentIn(required=False, help_text="Not told: at once")
    because = WordsIn(
        max_length=500,
        default="",
        help_text="Why, for those it concerns to read; needed where not all are told, or something changes",
    )


class WithdrawalSaid(Said):
    because = LineIn(max_length=500)


class LinkSaid(Said):
    project = IdIn(help_text="Of /projects")
    opportunity = IdIn(help_text="Of /opportunities")
    is_it = YesNoIn(help_text="Whether the project has come to this tender")
    because = WordsIn(max_length=500, default="", help_text="Needed for a no, so that nobody asks again")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["is_it"] and not attrs["because"]:
            raise serializers.ValidationError({"because": _("Say why not, so that nobody asks again.")})
        return attrs
