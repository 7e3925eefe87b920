from __future__ import annotations

from django.urls import path

from matching.views import mail

app_name = "matching"
urlpatterns = [
    path("mail/unsubscribe/<str:token>/", mail.unsubscribe, name="unsubscribe"),
    path("mail/view/<str:token>/", mail.view_mail, name="view_mail"),
]
