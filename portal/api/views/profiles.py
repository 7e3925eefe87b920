"""A company's profiles: read, written, changed, retired and brought back."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext
from rest_framework.request import Request
from rest_framework.response import Response

from matching.models import CapabilityProfile
from matching.profile_drafts import ProfileDraft, draft_of
from matching.selectors import current_profiles, own_profile, profile_of
from matching.services import (
    ChangedMeanwhile,
    NameTaken,
    add_profile,
    restore_profile,
    retire_profile,
    save_profile,
)
from portal.api.describing import described
from portal.api.once import once
from portal.api.problems import Problem, changed_meanwhile, clash, not_found
from portal.api.profile_changes import changed_draft
from portal.api.records.own import profile_record
from portal.api.said import NothingSaid, said
from portal.api.serializers.opportunities import page_of
from portal.api.serializers.own import ProfileSerializer
from portal.api.serializers.said_profile import NewProfileSaid, ProfileSaid
from portal.api.versions import ANY, version_seen
from portal.api.views.own import NO_OTHERS, OwnView

_OLDEST_FIRST = [F("pk").asc()]
_NAME_TAKEN = "Another of your profiles has this name"


class _Profiles(OwnView):
    serializer_class = ProfileSerializer

    def own(self, profile_id: int) -> CapabilityProfile:
        row = profile_of(self.company, profile_id)
        if row is None:
            raise not_found()
        return row

    def told_as_it_stands(self, profile_id: int, *, status: int = 200) -> Response:
        row: Any = self.own(profile_id)
        self.version = str(row.version)
        location = reverse("api:profile", args=[profile_id]) if status == 201 else ""
        return self.told(profile_record(row), status=status, location=location)


class ProfileList(_Profiles):
    is_list = True

    @described("Your company's profiles", answer=page_of(ProfileSerializer), tag="own")
    def get(self, request: Request) -> Response:
        own, page = current_profiles(self.company), self.page()
        with_proof = own.prefetch_related("yearly_turnovers", "completed_projects")
        shown, following = page.cut(with_proof, _OLDEST_FIRST)
        return self.told_page([profile_record(row) for row in shown], page, following)

    @described(
        "Write one more profile. What isn't named isn't told; its list follows within a minute",
        takes=NewProfileSaid,
        answer=ProfileSerializer,
        status=201,
        tag="own",
        problems={409: _NAME_TAKEN},
    )
    @once
    def post(self, request: Request) -> Response:
        blank = ProfileDraft(language=self.person.language)
        draft = changed_draft(blank, said(NewProfileSaid, request), now=self.now)
        try:
            added = add_profile(self.company, draft, by=self.person, now=self.now)
        except NameTaken:
            raise _name_taken() from None
        return self.told_as_it_stands(added.profile.pk, status=201)


class ProfileDetail(_Profiles):
    versioned = frozenset({"PATCH"})

    @described(
        "One of your company's profiles", answer=ProfileSerializer, tag="own", problems={404: NO_OTHERS}
    )
    def get(self, request: Request, profile_id: int) -> Response:
        return self.told_as_it_stands(profile_id)

    @described(
        "Change what a profile says: what isn't named stays. Its list follows within a minute",
        takes=ProfileSaid,
        answer=ProfileSerializer,
        tag="own",
        problems={404: NO_OTHERS, 409: _NAME_TAKEN},
        is_versioned=True,
    )
    def patch(self, request: Request, profile_id: int) -> Response:
        row, seen = self.own(profile_id), version_seen(request)
        draft = changed_draft(draft_of(row), said(ProfileSaid, request), now=self.now)
        # What stands was written upon what this program has not seen: also where it says the same now.
        if seen not in (ANY, str(row.version)):
            raise changed_meanwhile()
        try:
            save_profile(row, draft, seen_version=row.version, by=self.person, now=self.now)
        except ChangedMeanwhile:
            raise changed_meanwhile() from None
        except NameTaken:
            raise _name_taken() from None
        except CapabilityProfile.DoesNotExist:  # retired meanwhile
            raise not_found() from None
        return self.told_as_it_stands(profile_id)

    @described(
        "Retire it: it finds nothing any more. Its matches and verdicts stay",
        status=204,
        tag="own",
        problems={404: NO_OTHERS},
    )
    def delete(self, request: Request, profile_id: int) -> Response:
        retire_profile(self.own(profile_id), by=self.person, now=self.now)
        return Response(status=204)


class ProfileRestoration(_Profiles):
    @described(
        "Bring a retired profile back. One that isn't retired stays as it is",
        answer=ProfileSerializer,
        status=201,
        tag="own",
        problems={404: NO_OTHERS, 409: _NAME_TAKEN},
    )
    @once
    def post(self, request: Request, profile_id: int) -> Response:
        said(NothingSaid, request)
        row = own_profile(self.company, profile_id)
        if row is None:
            raise not_found()
        try:
            restore_profile(row, by=self.person, now=self.now)
        except NameTaken:
            raise _name_taken() from None
        return self.told_as_it_stands(profile_id, status=201)


def _name_taken() -> Problem:
    return clash(gettext("Another of your profiles has this name."))
