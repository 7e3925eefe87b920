"""What a company's verdicts say of its limits, and the limits changed when it agrees."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from matching.models import CapabilityProfile, Verdict
from matching.scoring.learning.suggestions import About, Change, Limits, Said, Suggestion, suggest

_SOON_AFTER = timedelta(microseconds=1)


def suggestions_for(profile: CapabilityProfile) -> tuple[Suggestion, ...]:
    """Nothing is changed by asking."""
    standing = Verdict.objects.standing().filter(profile=profile).select_related("opportunity")
    said = [
        Said(about, value.amount if value and value.currency == "INR" else None, verdict.opportunity.state)
        for verdict in standing.defer("opportunity__search_vector")
        if (about := _about(verdict)) is not None
        for value in [verdict.opportunity.value]
    ]
    return suggest(Limits(profile.value_from_inr, profile.value_to_inr, tuple(profile.states)), said)


@transaction.atomic
def accept_suggestion(profile_id: int, key: str, *, now: datetime) -> Suggestion | None:
    """Change the profile as it was suggested; it is scored anew. None where that isn't suggested any more.

    Accepting twice is accepting once, for what has been done isn't suggested again.
    """
    profile = CapabilityProfile.objects.select_for_update(no_key=True).get(pk=profile_id)
    suggestion = next((each for each in suggestions_for(profile) if each.key == key), None)
    if suggestion is None:
        return None
    field = _apply(profile, suggestion)
    # A scorer may have held the row until a moment ago, and marked it with a later time than ours.
    profile.changed_at = max(now, (profile.scored_at or now) + _SOON_AFTER)
    profile.version += 1  # so that whoever has the profile's page open is told
    profile.save(update_fields=[field, "changed_at", "version"])
    return suggestion


def _apply(profile: CapabilityProfile, suggestion: Suggestion) -> str:
    match suggestion.change:
        case Change.LOWER_UPPER | Change.RAISE_UPPER:
            profile.value_to_inr = suggestion.amount
            return "value_to_inr"
        case Change.RAISE_LOWER | Change.LOWER_LOWER:
            profile.value_from_inr = suggestion.amount
            return "value_from_inr"
        case Change.DROP_STATE:
            profile.states = [state for state in profile.states if state != suggestion.state]
        case Change.ADD_STATE:
            profile.states = [*profile.states, suggestion.state]
    return "states"


def _about(verdict: Verdict) -> About | None:
    if verdict.is_relevant:
        return About.RELEVANT
    return About(verdict.reason) if verdict.reason in set(About) else None
