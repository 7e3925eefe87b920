from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from portal.dashboards.home import home
from portal.gallery.views import gallery
from portal.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    # Before those without a beginning of their own: each of their many routes would be tried first.
    path("api/v1/", include("portal.api.urls")),
    path("", include("matching.urls")),
    path("", include("portal.dashboards.urls")),
    path("open-data/", include("portal.open_data.urls")),
    path("", include("ingest.urls")),
    path("", include("portal.accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/two-steps/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("gallery/", gallery, name="gallery"),
    path("healthz", healthz, name="healthz"),
]
