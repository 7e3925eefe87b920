from __future__ import annotations

from django.urls import path

from matching.views import mail, matches, sent_mail

app_name = "matching"
urlpatterns = [
    path("matches/", matches.matches, name="matches"),
    path("office/mail/", sent_mail.sent_mail, name="sent_mail"),
    path("office/mail/<int:delivery_id>/body/", sent_mail.sent_mail_body, name="sent_mail_body"),
    path("mail/unsubscribe/<str:token>/", mail.unsubscribe, name="unsubscribe"),
    path("mail/view/<str:token>/", mail.view_mail, name="view_mail"),
]
