"""What programs say of a profile: by the rules of its form."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from matching.bidding.records import Presence, Signature
from matching.profile_form.form import LONGEST_LINE, MOST_EMPLOYEES, MOST_LINES
from matching.profile_form.rows import FIRST_YEAR, MOST_ROWS
from matching.scoring.engine import DOMAINS
from opportunities.places.states import STATES
from portal.api.said import AmountIn, ChoiceIn, CodeIn, LineIn, LinesIn, Said, WholeIn, YesNoIn

LONGEST_NAME = 200
MOST_CODES = 40
LAST_YEAR = 9_999
_STATES = [(code, code) for code in sorted(state.code for state in STATES)]


def _told(words: type[Presence] | type[Signature]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in words]


def _lines(longest: int = LONGEST_LINE) -> Any:
    return serializers.ListField(child=LineIn(max_length=longest), max_length=MOST_LINES, required=False)


def _domains() -> Any:
    return serializers.ListField(
        child=ChoiceIn([(slug, slug) for slug in DOMAINS]), max_length=len(DOMAINS), required=False
    )


def _millions() -> Any:
    return AmountIn(whole=11, places=1, required=False, allow_null=True)


def _rupees() -> Any:
    return AmountIn(whole=18, places=2, required=False, allow_null=True)


def _rows(kind: Any) -> Any:
    return kind(many=True, required=False, max_length=MOST_ROWS)


class TurnoverSaid(Said):
    year = WholeIn(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    sek_millions = AmountIn(whole=11, places=1)


class CompletedProjectSaid(Said):
    name = LineIn(max_length=300)
    completed_year = WholeIn(
        min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False, allow_null=True, default=None
    )
    value_sek_millions = AmountIn(whole=11, places=1, required=False, allow_null=True, default=None)
    domains = _domains()


class ProfileSaid(Said):
    name = LineIn(max_length=LONGEST_NAME, required=False)
    language = ChoiceIn(settings.LANGUAGES, required=False)
    summary = LinesIn(max_length=5_000, required=False)
    capabilities = _lines()
    domains = _domains()
    classification_codes = serializers.ListField(child=CodeIn(), max_length=MOST_CODES, required=False)
    references = _lines()
    certifications = _lines(200)
    turnover_sek_millions = _millions()
    employees = WholeIn(min_value=0, max_value=MOST_EMPLOYEES, required=False, allow_null=True)
    value_from_inr = _rupees()
    value_to_inr = _rupees()
    states = serializers.ListField(child=ChoiceIn(_STATES), max_length=len(_STATES), required=False)
    is_joint_venture_willing = YesNoIn(required=False)
    may_lead_joint_venture = YesNoIn(required=False)
    founded_year = WholeIn(min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False, allow_null=True)
    net_worth_sek_millions = _millions()
    indian_presence = ChoiceIn(_told(Presence), required=False)
    digital_signature = ChoiceIn(_told(Signature), required=False)
    local_content_percent = WholeIn(min_value=0, max_value=100, required=False, allow_null=True)
    minimum_score = WholeIn(min_value=0, max_value=100, required=False)
    yearly_turnovers = _rows(TurnoverSaid)
    completed_projects = _rows(CompletedProjectSaid)

    def validate_yearly_turnovers(self, rows: Any) -> Any:
        return _each_once(rows, "year")

    def validate_completed_projects(self, rows: Any) -> Any:
        return _each_once(rows, "name")


class NewProfileSaid(ProfileSaid):
    name = LineIn(max_length=LONGEST_NAME)


def _each_once(rows: Any, name: str) -> Any:
    said = [row[name] for row in rows]
    if len(said) != len(set(said)):
        raise serializers.ValidationError(_("One stands here twice."))
    return rows
