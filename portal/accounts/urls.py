from __future__ import annotations

from django.urls import path

from portal.accounts.views import registration, registrations

app_name = "accounts"
urlpatterns = [
    path("register/", registration.register, name="register"),
    path("register/sent/", registration.registered, name="registered"),
    path("register/company/", registration.another_company, name="register_company"),
    path("register/waiting/", registration.waiting, name="waiting"),
    path("office/registrations/", registrations.registrations, name="registrations"),
    path(
        "office/registrations/<int:registration_id>/approve/",
        registrations.approve,
        name="approve_registration",
    ),
    path(
        "office/registrations/<int:registration_id>/refuse/", registrations.refuse, name="refuse_registration"
    ),
]
