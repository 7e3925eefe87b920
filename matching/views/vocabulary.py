"""The office's page for the concept graph: which words mean what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from matching.models import ConceptRevision
from matching.scoring.vocabulary import SHIPPED
from matching.scoring.vocabulary.changes import ConceptEntry, entry_of
from matching.scoring.vocabulary.reading import VocabularyMistake
from matching.scoring.vocabulary.serialization import entry_from_json
from matching.services.vocabulary import (
    ChangedMeanwhile,
    ProposedRevision,
    current_vocabulary,
    revise_concept,
    standing_changes,
)
from matching.services.vocabulary_preview import Preview, preview_revision
from matching.views.vocabulary_form import ConceptForm, NewConceptForm, written
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required


@dataclass(frozen=True, slots=True)
class DomainLines:
    """A domain, and its concepts as they are in force, with those that are retired."""

    slug: str
    names: dict[str, str]
    concepts: Sequence[ConceptEntry]


@dataclass(frozen=True, slots=True)
class About:
    """The concept that a page is about, and its revisions, the latest first."""

    slug: str = ""
    history: Sequence[ConceptRevision] = ()


@require_GET
@office_required
def vocabulary(request: OfficeRequest) -> HttpResponse:
    changed = standing_changes()
    in_force = current_vocabulary()
    context = {
        "section": "vocabulary",
        "changed": changed,
        "is_unusable": in_force.version.endswith("!"),
        "domains": [
            DomainLines(
                domain.slug,
                domain.names,
                [
                    *(entry_of(concept) for concept in domain.concepts),
                    *(each for each in changed.values() if each.is_retired and each.domain == domain.slug),
                ],
            )
            for domain in in_force.order
        ],
    }
    return render(request, "matching/vocabulary.html", context)


@require_http_methods(["GET", "POST"])
@office_required
def concept(request: OfficeRequest, slug: str) -> HttpResponse:
    """One concept: what it is called, and what its changes would do."""
    history = list(ConceptRevision.objects.filter(slug=slug).select_related("made_by").order_by("-pk"))
    shown, about = _entry(slug, history), About(slug, history)
    if shown is None:
        raise Http404
    if request.method == "GET":
        form = ConceptForm(initial=written(shown) | {"based_on": history[0].pk if history else None})
        return _page(request, form, about)
    form = ConceptForm(request.POST)
    return _answer(request, form, about)


@require_http_methods(["GET", "POST"])
@office_required
def new_concept(request: OfficeRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, NewConceptForm(initial={"domain": request.GET.get("domain")}), About())
    form = NewConceptForm(request.POST)
    slug = form.cleaned_data.get("slug", "") if form.is_valid() else ""
    if slug and (slug in current_vocabulary().concepts or ConceptRevision.objects.filter(slug=slug).exists()):
        form.add_error("slug", _("There is a concept of this name already."))
    return _answer(request, form, About(slug))


@require_POST
@office_required
def restore_concept(request: OfficeRequest, slug: str) -> HttpResponse:
    """Go back to a former revision, or to what ships: as a new revision."""
    history = list(ConceptRevision.objects.filter(slug=slug).order_by("-pk"))
    wanted = request.POST.get("revision", "")
    chosen = next((row for row in history if str(row.pk) == wanted), None)
    if not history or (chosen is None and not (wanted == "shipped" and slug in SHIPPED.concepts)):
        raise Http404
    entry = entry_from_json(chosen.content) if chosen and chosen.content is not None else None
    proposed = ProposedRevision(slug, entry, history[0].pk, _("Gone back"))
    try:
        revise_concept(proposed, by=request.user, now=timezone.now())
    except VocabularyMistake as mistake:
        messages.error(request, _("It can't be saved so: %(mistake)s") % {"mistake": mistake})
    else:
        messages.success(request, _("Saved. Every profile is scored anew, within minutes."))
    return redirect("matching:vocabulary")


def _answer(request: OfficeRequest, form: ConceptForm, about: About) -> HttpResponse:
    slug = about.slug
    if not form.is_valid():
        return _page(request, form, about, status=422)
    entry, now = form.entry(slug), timezone.now()
    try:
        if "preview" in request.POST:
            return _page(request, form, about, preview=preview_revision(slug, entry, now=now))
        proposed = ProposedRevision(slug, entry, form.cleaned_data["based_on"], form.cleaned_data["note"])
        made = revise_concept(proposed, by=request.user, now=now)
    except VocabularyMistake as mistake:
        form.add_error(None, _("It can't be saved so: %(mistake)s") % {"mistake": mistake})
        return _page(request, form, about, status=422)
    except ChangedMeanwhile:
        form.add_error(None, _("Someone changed this concept meanwhile. Open it again, and look first."))
        return _page(request, form, about, status=409)
    said = _("Saved. Every profile is scored anew, within minutes.") if made else _("Nothing was changed.")
    messages.success(request, said)
    return redirect("matching:vocabulary")


def _page(
    request: OfficeRequest,
    form: ConceptForm,
    about: About,
    *,
    status: int = 200,
    preview: Preview | None = None,
) -> HttpResponse:
    context = {
        "section": "vocabulary",
        "form": form,
        "slug": about.slug,
        "history": about.history,
        "ships": about.slug in SHIPPED.concepts,
        "preview": preview,
    }
    return render(request, "matching/concept.html", context, status=status)


def _entry(slug: str, history: list[ConceptRevision]) -> ConceptEntry | None:
    if history and history[0].content is not None:
        return entry_from_json(history[0].content)
    shipped = SHIPPED.concepts.get(slug)
    return entry_of(shipped) if shipped else None
