from __future__ import annotations

from django.urls import path

from portal.dashboards import inbox, opportunity

app_name = "dashboards"
urlpatterns = [
    path("opportunities/<int:opportunity_id>/", opportunity.opportunity, name="opportunity"),
    path("office/inbox/", inbox.inbox, name="inbox"),
    path("office/inbox/disclose/<int:opportunity_id>/", inbox.disclose, name="disclose"),
    path("office/inbox/settle/<int:part_id>/", inbox.settle, name="settle"),
]
