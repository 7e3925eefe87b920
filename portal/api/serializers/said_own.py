"""What programs say of what is their company's own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from matching.models import Verdict
from matching.models.saved_search import LONGEST_NAME
from portal.api.said import ChoiceIn, IdIn, LineIn, Said, WholeIn, WordsIn, YesNoIn

LONGEST_QUERY = 2_000
DAILY, WEEKLY, IMMEDIATE = "daily", "weekly", "immediate"
RHYTHMS = [(one, one) for one in (IMMEDIATE, DAILY, WEEKLY)]
NEW_RHYTHMS = [(one, one) for one in (DAILY, WEEKLY)]
PROFILE, FOLLOWS, SEARCH = "profile", "follows", "search"
# Topics begin on the page for everybody, with a mail to confirm.
KINDS = (PROFILE, FOLLOWS, SEARCH)


class FollowSaid(Said):
    opportunity = IdIn(help_text="Of /opportunities")


class ProjectFollowSaid(Said):
    project = IdIn(help_text="Of /projects")


class VerdictSaid(Said):
    match = IdIn(help_text="Of /matches")
    is_relevant = YesNoIn()
    reason = ChoiceIn(
        [("", ""), *((one.value, one.value) for one in Verdict.Reason)],
        default="",
        help_text="Why not; only and always where it isn't relevant",
    )
    note = WordsIn(max_length=500, default="", help_text="Only where it isn't relevant")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["is_relevant"] and (attrs["reason"] or attrs["note"]):
            raise serializers.ValidationError({"reason": _("What is relevant has no reason against it.")})
        if not attrs["is_relevant"] and not attrs["reason"]:
            raise serializers.ValidationError({"reason": _("Say why not.")})
        return attrs


class SavedSearchNameSaid(Said):
    name = LineIn(max_length=LONGEST_NAME)


class SavedSearchSaid(SavedSearchNameSaid):
    query = WordsIn(
        max_length=LONGEST_QUERY, help_text="What stands after /opportunities?; empty for all that is open"
    )


class SubscriptionChangeSaid(Said):
    rhythm = ChoiceIn(RHYTHMS, required=False, help_text="Only topics come immediately")
    weekday = WholeIn(
        min_value=0, max_value=4, required=False, allow_null=True, help_text="Monday is 0; of weekly alone"
    )
    minimum_score = WholeIn(
        min_value=0,
        max_value=100,
        required=False,
        allow_null=True,
        help_text="Of a profile's alone, and not below where its list begins; null: from there",
    )


class SubscriptionSaid(SubscriptionChangeSaid):
    kind = ChoiceIn([(one, one) for one in KINDS])
    profile = IdIn(required=False, allow_null=True, help_text="Of /profiles, for the kind `profile`")
    saved_search = IdIn(required=False, allow_null=True, help_text="Of /saved-searches, for `search`")
    rhythm = ChoiceIn(NEW_RHYTHMS)
