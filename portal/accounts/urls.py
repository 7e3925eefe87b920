from __future__ import annotations

from django.urls import path

from portal.accounts.views import account, api_tokens, colleagues, invitation, registration

app_name = "accounts"
urlpatterns = [
    path("register/", registration.register, name="register"),
    path("register/sent/", registration.registered, name="registered"),
    path("register/company/", registration.another_company, name="register_company"),
    path("register/waiting/", registration.waiting, name="waiting"),
    path("account/", account.account, name="account"),
    path("account/tokens/", api_tokens.api_tokens, name="api_tokens"),
    path("account/tokens/<int:token_id>/revoke/", api_tokens.revoke_api_token, name="revoke_api_token"),
    path("colleagues/", colleagues.colleagues, name="colleagues"),
    path("colleagues/invite/", colleagues.invite_colleague, name="invite"),
    path("colleagues/leave/", colleagues.leave, name="leave_company"),
    path("colleagues/invitations/<int:invitation_id>/revoke/", colleagues.revoke, name="revoke_invitation"),
    path(
        "colleagues/requests/<int:registration_id>/answer/", colleagues.answer_request, name="answer_request"
    ),
    path("colleagues/<int:membership_id>/role/", colleagues.role, name="change_role"),
    path("colleagues/<int:membership_id>/remove/", colleagues.remove, name="remove_colleague"),
    path("invitations/<str:token>/", invitation.invitation, name="invitation"),
    path("company/act-for/", colleagues.act_for, name="act_for"),
]
