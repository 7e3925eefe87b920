from __future__ import annotations

from django.urls import path

from matching.views import (
    deliveries,
    follows,
    looks,
    mail,
    mail_reports,
    matches,
    notifications,
    outcomes,
    partners,
    preferences,
    profile,
    project_follows,
    sent_mail,
    suppressions,
    together,
    verdicts,
    vocabulary,
    webhooks,
    why_not,
)

app_name = "matching"
urlpatterns = [
    path("matches/", matches.matches, name="matches"),
    path("followed/", follows.followed, name="followed"),
    path("projects/<int:project_id>/follow/", project_follows.follow, name="follow_project"),
    path("projects/<int:project_id>/unfollow/", project_follows.unfollow, name="unfollow_project"),
    path("opportunities/<int:opportunity_id>/follow/", follows.follow, name="follow"),
    path("opportunities/<int:opportunity_id>/outcome/", outcomes.outcome, name="outcome"),
    path("opportunities/<int:opportunity_id>/unfollow/", follows.unfollow, name="unfollow"),
    path("opportunities/<int:opportunity_id>/notes/", together.note, name="note"),
    path(
        "opportunities/<int:opportunity_id>/notes/<int:note_id>/remove/", together.unwrite, name="remove_note"
    ),
    path("opportunities/<int:opportunity_id>/share/", together.share, name="share"),
    path("opportunities/<int:opportunity_id>/seen/", looks.seen, name="seen"),
    path("profile/", profile.profiles, name="profiles"),
    path("profile/new/", profile.add, name="add_profile"),
    path("profile/<int:profile_id>/", profile.profile, name="profile"),
    path("profile/<int:profile_id>/retire/", profile.retire, name="retire_profile"),
    path("profile/<int:profile_id>/restore/", profile.restore, name="restore_profile"),
    path("partners/", partners.partners, name="partners"),
    path("partners/for/<int:opportunity_id>/", partners.partners_for, name="partners_for"),
    path("partners/ask/<int:opportunity_id>/<str:sign>/", partners.ask, name="ask_partner"),
    path("partners/<int:request_id>/answer/", partners.answer, name="answer_partner"),
    path("partners/<int:request_id>/withdraw/", partners.withdraw, name="withdraw_partner_request"),
    path("matches/why-not/", why_not.why_not, name="why_not"),
    path("matches/dismissed/", verdicts.dismissed, name="dismissed"),
    path("matches/suggestions/<int:profile_id>/accept/", verdicts.accept, name="accept_suggestion"),
    path("matches/<int:match_id>/verdict/", verdicts.give, name="verdict"),
    path("verdicts/<int:verdict_id>/withdraw/", verdicts.withdraw, name="withdraw_verdict"),
    path("office/vocabulary/", vocabulary.vocabulary, name="vocabulary"),
    path("office/vocabulary/new/", vocabulary.new_concept, name="new_concept"),
    path("office/vocabulary/<slug:slug>/", vocabulary.concept, name="concept"),
    path("office/vocabulary/<slug:slug>/restore/", vocabulary.restore_concept, name="restore_concept"),
    path("office/mail/", sent_mail.sent_mail, name="sent_mail"),
    path("office/mail/shares/", sent_mail.shares_sent, name="shares_sent"),
    path("office/mail/<int:delivery_id>/body/", sent_mail.sent_mail_body, name="sent_mail_body"),
    path("office/deliveries/", deliveries.deliveries, name="deliveries"),
    path("office/deliveries/pause/", deliveries.pause, name="pause_mail"),
    path("office/deliveries/resume/", deliveries.resume, name="resume_mail"),
    path("office/suppressed/", suppressions.suppressions, name="suppressions"),
    path(
        "office/suppressed/<int:suppression_id>/lift/", suppressions.lift_suppression, name="lift_suppression"
    ),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/followed/", notifications.mail_about_follows, name="mail_about_follows"),
    path(
        "notifications/searches/<int:search_id>/", notifications.mail_about_search, name="mail_about_search"
    ),
    path("notifications/<int:profile_id>/", notifications.notification, name="notification"),
    path("notifications/<int:profile_id>/preview/", notifications.mail_preview, name="mail_preview"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/<int:endpoint_id>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:endpoint_id>/kinds/", webhooks.choose_kinds, name="choose_webhook_kinds"),
    path("webhooks/<int:endpoint_id>/test/", webhooks.test_webhook, name="test_webhook"),
    path("webhooks/<int:endpoint_id>/secret/", webhooks.new_webhook_secret, name="new_webhook_secret"),
    path(
        "webhooks/<int:endpoint_id>/secret/revoke/",
        webhooks.revoke_webhook_secrets,
        name="revoke_webhook_secrets",
    ),
    path("webhooks/<int:endpoint_id>/switch/", webhooks.switch_webhook, name="switch_webhook"),
    path("webhooks/<int:endpoint_id>/remove/", webhooks.remove_webhook, name="remove_webhook"),
    path(
        "webhooks/<int:endpoint_id>/<int:delivery_id>/replay/", webhooks.replay_webhook, name="replay_webhook"
    ),
    path("mail/reports/<slug:provider>/", mail_reports.mail_reports, name="mail_reports"),
    path("mail/unsubscribe/<str:token>/", mail.unsubscribe, name="unsubscribe"),
    path("mail/preferences/<str:token>/", preferences.preferences, name="preferences"),
    path("mail/mute/<str:token>/", mail.mute, name="mute"),
    path("mail/view/<str:token>/", mail.view_mail, name="view_mail"),
]
