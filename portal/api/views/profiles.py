"""A company's profiles, read and changed."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext
from rest_framework.request import Request
from rest_framework.response import Response

from matching.models import CapabilityProfile
from matching.profile_drafts import draft_of
from matching.selectors import current_profiles, profile_of
from matching.services import ChangedMeanwhile, NameTaken, save_profile
from portal.api.describing import described
from portal.api.problems import changed_meanwhile, clash, not_found
from portal.api.profile_changes import changed_draft
from portal.api.records.own import profile_record
from portal.api.said import said
from portal.api.serializers.opportunities import page_of
from portal.api.serializers.own import ProfileSerializer
from portal.api.serializers.said_profile import ProfileSaid
from portal.api.versions import ANY, version_seen
from portal.api.views.own import NO_OTHERS, OwnView

_OLDEST_FIRST = [F("pk").asc()]


class ProfileList(OwnView):
    serializer_class = ProfileSerializer
    is_list = True

    @described("Your company's profiles", answer=page_of(ProfileSerializer), tag="own")
    def get(self, request: Request) -> Response:
        own, page = current_profiles(self.company), self.page()
        with_proof = own.prefetch_related("yearly_turnovers", "completed_projects")
        shown, following = page.cut(with_proof, _OLDEST_FIRST)
        return self.told_page([profile_record(row) for row in shown], page, following)


class ProfileDetail(OwnView):
    serializer_class = ProfileSerializer
    versioned = frozenset({"PATCH"})

    @described(
        "One of your company's profiles", answer=ProfileSerializer, tag="own", problems={404: NO_OTHERS}
    )
    def get(self, request: Request, profile_id: int) -> Response:
        return self._told(self._own(profile_id))

    @described(
        "Change what a profile says: what isn't named stays. Its list follows within a minute",
        takes=ProfileSaid,
        answer=ProfileSerializer,
        tag="own",
        problems={404: NO_OTHERS, 409: "Another of your profiles has this name"},
        is_versioned=True,
    )
    def patch(self, request: Request, profile_id: int) -> Response:
        row, seen = self._own(profile_id), version_seen(request)
        draft = changed_draft(draft_of(row), said(ProfileSaid, request), now=self.now)
        # What stands was written upon what this program has not seen: also where it says the same now.
        if seen not in (ANY, str(row.version)):
            raise changed_meanwhile()
        try:
            save_profile(row, draft, seen_version=row.version, by=self.person, now=self.now)
        except ChangedMeanwhile:
            raise changed_meanwhile() from None
        except NameTaken:
            raise clash(gettext("Another of your profiles has this name.")) from None
        except CapabilityProfile.DoesNotExist:  # retired meanwhile
            raise not_found() from None
        return self._told(self._own(profile_id))

    def _own(self, profile_id: int) -> CapabilityProfile:
        row = profile_of(self.company, profile_id)
        if row is None:
            raise not_found()
        return row

    def _told(self, row: Any) -> Response:
        self.version = str(row.version)
        return self.told(profile_record(row))
