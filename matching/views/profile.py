"""What a company says of itself: its profiles, each written, tried, saved and retired by its own people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from matching.completeness import match_counts, missing_pieces, share_told
from matching.delivery.subscribing import wish_of
from matching.models import CapabilityProfile
from matching.profile_drafts import ProfileDraft, draft_of, wanted_in
from matching.profile_form.actions import amended
from matching.profile_form.differences import Difference, differences
from matching.profile_form.form import ProfileForm, code_in
from matching.scoring.engine import is_by_words
from matching.scoring.label_search import search_labels
from matching.scoring.proposals import proposals
from matching.selectors import matches_of, own_profile, profile_of, profiles_of, retired_profiles
from matching.selectors.subscriptions import subscription_of
from matching.services import (
    ChangedMeanwhile,
    Finds,
    Found,
    NameTaken,
    SavedProfile,
    add_profile,
    preview_profile,
    restore_profile,
    retire_profile,
    save_profile,
    sufficient_versions,
)
from matching.services.encoder import current_meaning
from matching.services.vocabulary import with_current_vocabulary
from portal.accounts.http import CompanyRequest
from portal.accounts.registrations import what_was_told
from portal.accounts.roles import describing_required

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Clash:
    """That a colleague saved first, and where the two texts differ."""

    saved: CapabilityProfile
    differences: list[Difference]


@require_GET
@describing_required
def profiles(request: CompanyRequest) -> HttpResponse:
    """The company's profiles, and what each finds."""
    now = timezone.now()
    counts = match_counts(request.company, at=now)
    own = [(profile, counts.get(profile.pk, 0)) for profile in profiles_of(request.company)]
    context = {
        "section": "profile",
        "now": now,
        "profiles": own,
        "retired": retired_profiles(request.company),
        "scorer_versions": sufficient_versions(),
    }
    return render(request, "matching/profiles.html", context)


@require_http_methods(["GET", "POST"])
@describing_required
def add(request: CompanyRequest) -> HttpResponse:
    """Write one more profile."""
    return _write(request, None)


@require_http_methods(["GET", "POST"])
@describing_required
@with_current_vocabulary
def profile(request: CompanyRequest, profile_id: int) -> HttpResponse:
    """Change one of the company's profiles. A POST that isn't to save shows what the draft would find."""
    return _write(request, _own(request, profile_id))


@require_http_methods(["GET", "POST"])
@describing_required
def retire(request: CompanyRequest, profile_id: int) -> HttpResponse:
    """Ask whether a profile is to be retired; a POST does it."""
    found = _own(request, profile_id)
    if request.method == "POST":
        retire_profile(found, by=request.user, now=timezone.now())
        messages.success(
            request, _("“%(name)s” is retired. It finds nothing any more.") % {"name": found.name}
        )
        return redirect("matching:profiles")
    count = match_counts(request.company, at=timezone.now()).get(found.pk, 0)
    context = {"section": "profile", "profile": found, "count": count}
    return render(request, "matching/profile_retire.html", context)


@require_POST
@describing_required
def restore(request: CompanyRequest, profile_id: int) -> HttpResponse:
    """Bring a retired profile back."""
    found = own_profile(request.company, profile_id)
    if found is None:
        raise Http404
    try:
        restore_profile(found, by=request.user, now=timezone.now())
    except NameTaken:
        told = _("Another of your profiles is called “%(name)s” now. Give that one another name first.")
        messages.error(request, told % {"name": found.name})
    else:
        told = _("“%(name)s” is back. It is being compared with every open opportunity, within a minute.")
        messages.success(request, told % {"name": found.name})
    return redirect("matching:profiles")


def _own(request: CompanyRequest, profile_id: int) -> CapabilityProfile:
    found = profile_of(request.company, profile_id)
    if found is None:
        raise Http404
    return found


def _write(request: CompanyRequest, known: CapabilityProfile | None) -> HttpResponse:
    now = timezone.now()
    if request.method == "GET":
        if known is None:
            return _page(request, None, ProfileForm(draft=_begun(request)), None, now=now)
        form = ProfileForm(draft=draft_of(known), version=known.version)
        return _page(request, known, form, _finds_now(known, at=now), now=now)
    action = request.POST.get("do", "")
    form = ProfileForm(amended(request.POST, action))
    is_right = form.is_valid()
    if action == "save" and is_right:
        return _save(request, known, form, now=now)
    finds = preview_profile(request.company, form.draft(), now=now, saved=known)
    if action not in ("save", "preview"):
        form.keep_quiet()
    return _page(request, known, form, finds, now=now, status=422 if action == "save" else 200)


def _begun(request: CompanyRequest) -> ProfileDraft | None:
    """The first profile begins with what was told at registration."""
    told = what_was_told(request.company)
    if not told or profiles_of(request.company):
        return None
    return ProfileDraft(language=request.user.language, summary=told)


def _save(
    request: CompanyRequest, known: CapabilityProfile | None, form: ProfileForm, *, now: datetime
) -> HttpResponse:
    draft = form.draft()
    try:
        if known is None:
            saved = add_profile(request.company, draft, by=request.user, now=now)
        else:
            saved = save_profile(known, draft, seen_version=form.seen_version, by=request.user, now=now)
    except NameTaken:
        form.add_error("name", _("Another of your profiles has this name."))
        finds = preview_profile(request.company, draft, now=now, saved=known)
        return _page(request, known, form, finds, now=now, status=422)
    except ChangedMeanwhile:
        return _clash(request, form, known, now=now)
    except CapabilityProfile.DoesNotExist as error:  # retired meanwhile
        raise Http404 from error
    messages.success(request, _what_was_saved(saved))
    return redirect("matching:profile", saved.profile.pk)


def _clash(
    request: CompanyRequest, form: ProfileForm, known: CapabilityProfile | None, *, now: datetime
) -> HttpResponse:
    """Show both texts. Whoever saves again from here has seen the other one."""
    standing = _own(request, known.pk) if known else None
    if standing is None:
        raise Http404
    clash = Clash(standing, differences(draft_of(standing), form.draft()))
    form.see_version(standing.version)
    finds = preview_profile(request.company, form.draft(), now=now, saved=standing)
    return _page(request, standing, form, finds, now=now, status=409, clash=clash)


def _what_was_saved(saved: SavedProfile) -> str:
    if saved.is_compared_anew:
        return _("Saved. The profile is being compared with every open opportunity, within a minute.")
    return _("Saved.") if saved.is_changed else _("Nothing had changed.")


def _finds_now(profile: CapabilityProfile, *, at: datetime) -> Finds:
    """What a saved profile's list shows: what was dismissed isn't on it."""
    matches = matches_of(profile, at=at).order_by("-score", "pk")
    shown = list(matches[:SHOWN])
    best = tuple(Found(match.opportunity, match.score) for match in shown)
    return Finds(
        matches.count() if len(best) == SHOWN else len(best),
        best,
        is_by_words=any(is_by_words(match.calibration) for match in shown),
    )


def _page(  # noqa: PLR0913  # what a page is made of
    request: CompanyRequest,
    known: CapabilityProfile | None,
    form: ProfileForm,
    finds: Finds | None,
    *,
    now: datetime,
    status: int = 200,
    clash: Clash | None = None,
) -> HttpResponse:
    draft = form.draft() if form.is_bound else draft_of(known) if known else _begun(request)
    words = form["code_search"].value() or ""
    sufficient = sufficient_versions()
    context = {
        "section": "profile",
        "now": now,
        "profile": known,
        "form": form,
        "finds": finds,
        "is_draft": form.is_bound,
        "is_coming": bool(known and not form.is_bound and not known.is_compared(scorer_versions=sufficient)),
        "meaning": current_meaning(),
        "clash": clash,
        "proposals": proposals(wanted_in(draft)) if draft else None,
        "code_words": words,
        "labels_found": search_labels(words),
        "typed_code": code_in(words),
        "scorer_versions": sufficient,
        "missing": missing_pieces(known, at=now) if known else [],
        "told": share_told(known) if known else None,
        "mail": wish_of(subscription_of(request.user, known)) if known else None,
    }
    return render(request, "matching/profile.html", context, status=status)
