"""Who acts for our company: listed for all of it, changed by its owners."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.acting import CHOSEN
from portal.accounts.colleagues import LastOwner, change_role, colleagues_of, remove_colleague
from portal.accounts.http import CompanyRequest, PersonRequest
from portal.accounts.invitation_form import InvitationForm
from portal.accounts.inviting import Invited, TooManyInvitations, invite, open_invitations, revoke_invitation
from portal.accounts.limits import limited
from portal.accounts.models import Membership, Registration
from portal.accounts.registering import approve_registration, refuse_registration
from portal.accounts.registration_form import RefusalForm
from portal.accounts.registrations import requests_to_join
from portal.accounts.roles import company_required, owner_required, person_required


@require_GET
@company_required
def colleagues(request: CompanyRequest) -> HttpResponse:
    return _page(request)


@require_POST
@owner_required
@limited("invite")
def invite_colleague(request: CompanyRequest) -> HttpResponse:
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    said = form.cleaned_data
    invited = Invited(said["email"], Membership.Role(said["role"]), said["language"])
    try:
        invite(request.company, invited, by=request.user, now=timezone.now())
    except TooManyInvitations:
        form.add_error(None, _("Many invitations are open already. Take some back first."))
        return _page(request, form=form)
    messages.success(request, _("%(email)s gets a mail with a link within a minute.") % said)
    return redirect("accounts:colleagues")


@require_POST
@owner_required
def revoke(request: CompanyRequest, invitation_id: int) -> HttpResponse:
    if not revoke_invitation(invitation_id, company=request.company, now=timezone.now()):
        raise Http404
    messages.success(request, _("Taken back. The link doesn't work any more."))
    return redirect("accounts:colleagues")


@require_POST
@owner_required
def role(request: CompanyRequest, membership_id: int) -> HttpResponse:
    membership = _colleague(request, membership_id)
    if request.POST.get("role") not in Membership.Role.values:
        raise Http404
    try:
        change_role(membership, Membership.Role(request.POST["role"]))
    except LastOwner:
        _say_last_owner(request)
    return redirect("accounts:colleagues")


@require_POST
@owner_required
def remove(request: CompanyRequest, membership_id: int) -> HttpResponse:
    membership = _colleague(request, membership_id)
    try:
        remove_colleague(membership, now=timezone.now())
    except LastOwner:
        _say_last_owner(request)
    else:
        said = {"name": membership.user.name}
        messages.success(request, _("%(name)s doesn't act for the company any more.") % said)
    return redirect("accounts:colleagues")


@require_POST
@company_required
def leave(request: CompanyRequest) -> HttpResponse:
    """End one's own acting for the company. One is logged out with it."""
    membership = request.acting.membership
    if membership is None:
        raise Http404
    try:
        remove_colleague(membership, now=timezone.now())
    except LastOwner:
        _say_last_owner(request)
        return redirect("accounts:colleagues")
    logout(request)
    return redirect("account_login")


@require_POST
@owner_required
def answer_request(request: CompanyRequest, registration_id: int) -> HttpResponse:
    """Let somebody join who registered with the company's number, or refuse with a reason."""
    found = get_object_or_404(requests_to_join(request.company), pk=registration_id)
    if request.POST.get("answer") == "approve":
        approve_registration(found.pk, by=request.user, now=timezone.now())
        messages.success(request, _("%(name)s acts for the company now.") % {"name": found.user.name})
        return redirect("accounts:colleagues")
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, refusing=found, refusal=form)
    because = form.cleaned_data["because"]
    refuse_registration(found.pk, because=because, by=request.user, now=timezone.now())
    return redirect("accounts:colleagues")


@require_POST
@person_required
def act_for(request: PersonRequest) -> HttpResponse:
    """Choose for which of one's companies to act."""
    wanted = request.POST.get("company", "")
    if wanted not in {str(one.company_id) for one in request.acting.others}:
        raise Http404
    request.session[CHOSEN] = int(wanted)
    return redirect("home")


def _colleague(request: CompanyRequest, membership_id: int) -> Membership:
    own = Membership.objects.filter(company=request.company).select_related("user")
    return get_object_or_404(own, pk=membership_id)


def _say_last_owner(request: CompanyRequest) -> None:
    messages.error(request, _("Somebody must answer for the company: make a colleague an owner first."))


def _page(
    request: CompanyRequest,
    *,
    form: InvitationForm | None = None,
    refusing: Registration | None = None,
    refusal: RefusalForm | None = None,
) -> HttpResponse:
    now = timezone.now()
    is_owner = request.acting.is_owner
    context = {
        "section": "colleagues",
        "now": now,
        "colleagues": colleagues_of(request.company),
        "is_owner": is_owner,
        "invitations": open_invitations(request.company, at=now) if is_owner else [],
        "requests": requests_to_join(request.company) if is_owner else [],
        "form": form or InvitationForm(),
        "refusing": refusing,
        "refusal": refusal or RefusalForm(),
    }
    status = 200 if form is None and refusing is None else 422
    return render(request, "accounts/colleagues.html", context, status=status)
