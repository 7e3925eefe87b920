from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from matching.models import CapabilityProfile, CompletedProject, YearlyTurnover
from matching.profile_drafts import ProfileDraft, draft_of, put_into, wanted_in
from opportunities.services import describe_company
from portal.accounts.models import Company, User

_LATER = timedelta(microseconds=1)


class ChangedMeanwhile(Exception):
    """Somebody saved something else since the person began to write."""


class NameTaken(Exception):
    """Another profile of the company is called so."""


@dataclass(frozen=True, slots=True)
class SavedProfile:
    profile: CapabilityProfile
    is_changed: bool
    is_compared_anew: bool  # something changed that matching reads


@transaction.atomic
def add_profile(company: Company, draft: ProfileDraft, *, by: User, now: datetime) -> SavedProfile:
    """Give a company one more profile; the same again is the one that is there. Raise NameTaken."""
    _one_writer(company)
    namesake = company.profiles.current().filter(name=draft.name).first()
    if namesake is not None:
        if draft_of(namesake) == draft:
            return SavedProfile(namesake, is_changed=False, is_compared_anew=False)
        raise NameTaken
    profile = put_into(CapabilityProfile(company=company, changed_at=now), draft)
    profile.edited_at, profile.edited_by = now, by
    profile.save()
    _put_rows(profile, draft)
    _tell_domains(company.pk, by=by, now=now)
    return SavedProfile(profile, is_changed=True, is_compared_anew=True)


@transaction.atomic
def save_profile(
    profile: CapabilityProfile, draft: ProfileDraft, *, seen_version: int, by: User, now: datetime
) -> SavedProfile:
    """Let a profile say what the draft states; the same again changes nothing.

    Raise ChangedMeanwhile where ``seen_version`` isn't the one that stands, and NameTaken. It is compared
    anew only if something changed that matching reads.
    """
    _one_writer(profile.company)
    kept = CapabilityProfile.objects.current().select_for_update(no_key=True).get(pk=profile.pk)
    before = draft_of(kept)
    if before == draft:
        return SavedProfile(kept, is_changed=False, is_compared_anew=False)
    if kept.version != seen_version:
        raise ChangedMeanwhile
    if CapabilityProfile.objects.current().filter(company=kept.company, name=draft.name).exclude(pk=kept.pk):
        raise NameTaken
    is_read_otherwise = wanted_in(before) != wanted_in(draft)
    put_into(kept, draft)
    if is_read_otherwise:
        # A scorer may have begun after ``now`` and been done before us: it has not seen this.
        kept.changed_at = now if kept.scored_at is None else max(now, kept.scored_at + _LATER)
    kept.version += 1
    kept.edited_at, kept.edited_by = now, by
    kept.save()
    _put_rows(kept, draft)
    _tell_domains(kept.company_id, by=by, now=now)
    return SavedProfile(kept, is_changed=True, is_compared_anew=is_read_otherwise)


@transaction.atomic
def retire_profile(profile: CapabilityProfile, *, now: datetime, by: User | None = None) -> None:
    """Let a profile find nothing any more, and nobody be asked through it. Twice is once."""
    _one_writer(profile.company)
    if CapabilityProfile.objects.current().filter(pk=profile.pk).update(retired_at=now):
        _tell_domains(profile.company_id, by=by, now=now)


@transaction.atomic
def restore_profile(profile: CapabilityProfile, *, now: datetime, by: User | None = None) -> None:
    """Bring a retired profile back, to be compared anew. Twice is once.

    Raise NameTaken where another of the company's profiles has its name by now.
    """
    _one_writer(profile.company)
    kept = CapabilityProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    if kept.retired_at is None:
        return
    if CapabilityProfile.objects.current().filter(company=kept.company, name=kept.name):
        raise NameTaken
    kept.retired_at = None
    kept.changed_at = now if kept.scored_at is None else max(now, kept.scored_at + _LATER)
    kept.save(update_fields=["retired_at", "changed_at"])
    _tell_domains(kept.company_id, by=by, now=now)


def _one_writer(company: Company) -> None:
    """Names are the company's, so its row keeps two people's clicks apart; locked before any profile."""
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)


def _tell_domains(company_id: int, *, by: User | None, now: datetime) -> None:
    """What disclosures go by is what the current profiles name between them."""
    named = CapabilityProfile.objects.current().filter(company=company_id).values_list("domains", flat=True)
    describe_company(company_id, by=by, now=now, domains=(slug for domains in named for slug in domains))


def _put_rows(profile: CapabilityProfile, draft: ProfileDraft) -> None:
    profile.yearly_turnovers.all().delete()
    profile.completed_projects.all().delete()
    YearlyTurnover.objects.bulk_create(
        YearlyTurnover(profile=profile, year=row.year, sek_millions=row.sek_millions)
        for row in draft.turnovers
    )
    CompletedProject.objects.bulk_create(
        CompletedProject(
            profile=profile,
            name=row.name,
            completed_year=row.completed_year,
            value_sek_millions=row.value_sek_millions,
            domains=list(row.domains),
        )
        for row in draft.projects
    )
