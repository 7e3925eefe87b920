from __future__ import annotations

from django.urls import path

from portal.open_data import page, views

app_name = "open_data"
urlpatterns = [
    path("", page.open_data, name="open_data"),
    path("catalogue.rdf", views.catalogue, name="catalogue"),
    path("extension/extension.json", views.extension_json, name="extension"),
    path("extension/release-schema.json", views.extension_schema, name="extension_schema"),
    path("ocds/months.json", views.months, name="months"),
    path("ocds/releases/<str:ocid>.json", views.releases, name="releases"),
    path("ocds/records/<str:ocid>.json", views.record, name="record"),
    path("ocds/<slug:kind>/<str:month>.jsonl.gz", views.bulk, name="bulk"),
    path("oc4ids/projects.json", views.projects, name="projects"),
    path("oc4ids/projects/<str:project_id>.json", views.project, name="project"),
]
