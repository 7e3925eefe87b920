from __future__ import annotations

from django.urls import path

from ingest import views

app_name = "ingest"
urlpatterns = [
    path("originals/<int:document_id>/", views.original, name="original"),
    path("office/sources/", views.sources, name="sources"),
    path("office/sources/<int:source_id>/poll/", views.poll, name="poll"),
    path("office/sources/<int:source_id>/accept/", views.accept, name="accept"),
    path("office/sources/<int:source_id>/close/", views.close, name="close"),
    path("office/layouts/<int:layout_id>/accept/", views.accept_layout, name="accept_layout"),
    path("office/documents/<int:document_id>/retry/", views.retry, name="retry"),
    path("office/sources/upload/", views.upload, name="upload"),
    path("office/sources/paste/", views.paste, name="paste"),
]
