"""The office answers what a notice leaves open."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ingest.reading.words import NotUnderstood
from ingest.services import Answer, answer_question, take_back_answer
from ingest.templatetags.reason_words import reason_words
from opportunities.selectors import opportunity_ruled_on
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.desk import desk_for

_SAID = {
    Answer.CONFIRM: gettext_lazy("Confirmed."),
    Answer.CORRECT: gettext_lazy("Corrected."),
    Answer.SETTLE: gettext_lazy("Settled."),
}


@require_POST
@office_required
def answer(request: OfficeRequest, extraction_id: int, key: str) -> HttpResponse:
    """Confirm, correct or settle one reading. Leads back to the same line while something in it is open."""
    now = timezone.now()
    chosen = request.POST.get("answer", "")
    if chosen not in set(Answer):
        raise Http404
    words = request.POST.get("words", "").strip()[:500]
    item = request.POST.get("item", "")
    try:
        answer_question(extraction_id, key, answer=Answer(chosen), words=words, by=request.user, now=now)
    except (ObjectDoesNotExist, KeyError):
        raise Http404 from None
    except NotUnderstood as reason:
        said = _("“%(words)s” can't be taken: %(reason)s")
        messages.error(request, said % {"words": words, "reason": reason_words(str(reason))})
    else:
        messages.success(request, _SAID[Answer(chosen)])
    inbox = reverse("dashboards:inbox")
    return redirect(f"{inbox}?{urlencode({'item': item})}#desk" if desk_for(item, (), at=now) else inbox)


@require_POST
@office_required
def take_back(request: OfficeRequest, ruling_id: int) -> HttpResponse:
    """Undo an answer, and ask again. Leads back to the page of the opportunity."""
    found = opportunity_ruled_on(ruling_id)
    if found is None:
        raise Http404
    take_back_answer(ruling_id, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back: it is asked again."))
    return redirect("dashboards:opportunity", found)
