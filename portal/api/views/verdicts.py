"""What a company says of its matches, read, given and taken back."""

from __future__ import annotations

from django.db.models import F
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from matching.models import Verdict
from matching.selectors import match_of, verdict_history
from matching.services import Answer, record_verdict, withdraw_verdict
from portal.api.describing import described
from portal.api.once import once
from portal.api.problems import not_found
from portal.api.records.own import given_verdict_record
from portal.api.said import said
from portal.api.serializers.opportunities import page_of
from portal.api.serializers.own import GivenVerdictSerializer
from portal.api.serializers.said_own import VerdictSaid
from portal.api.views.own import NO_OTHERS, OwnView

_LATEST_FIRST = [F("given_at").desc(), F("pk").desc()]


class _Verdicts(OwnView):
    serializer_class = GivenVerdictSerializer

    def own(self, verdict_id: int) -> Verdict:
        found = verdict_history(self.company, at=self.now).filter(pk=verdict_id).first()
        if found is None:
            raise not_found()
        return found


class VerdictList(_Verdicts):
    is_list = True

    @described(
        "What your company said of its matches, the latest first, what was taken back as well",
        answer=page_of(GivenVerdictSerializer),
        tag="own",
    )
    def get(self, request: Request) -> Response:
        page = self.page()
        shown, following = page.cut(verdict_history(self.company, at=self.now), _LATEST_FIRST)
        return self.told_page([given_verdict_record(row) for row in shown], page, following)

    @described(
        "Say whether a match is relevant, in place of what was said before",
        takes=VerdictSaid,
        answer=GivenVerdictSerializer,
        status=201,
        tag="own",
        problems={404: NO_OTHERS},
    )
    @once
    def post(self, request: Request) -> Response:
        told = said(VerdictSaid, request)
        match = match_of(self.company, told["match"], at=self.now)
        if match is None:
            raise not_found()
        answer = Answer(told["is_relevant"], told["reason"], told["note"])
        verdict = record_verdict(match.pk, answer, by=self.person, now=self.now)
        address = reverse("api:verdict", args=[verdict.pk])
        return self.told(given_verdict_record(self.own(verdict.pk)), status=201, location=address)


class VerdictDetail(_Verdicts):
    @described("One verdict", answer=GivenVerdictSerializer, tag="own", problems={404: NO_OTHERS})
    def get(self, request: Request, verdict_id: int) -> Response:
        return self.told(given_verdict_record(self.own(verdict_id)))

    @described(
        "Take it back, as if it had never been said; again changes nothing",
        status=204,
        tag="own",
        problems={404: NO_OTHERS},
    )
    def delete(self, request: Request, verdict_id: int) -> Response:
        withdraw_verdict(self.own(verdict_id).pk, now=self.now)
        return Response(status=204)
