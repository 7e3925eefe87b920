from __future__ import annotations

from django.urls import path

from portal.dashboards import (
    answers,
    by_hand,
    calendar,
    calendar_feed,
    columns,
    duplicates,
    explore,
    inbox,
    opportunity,
    public,
    replays,
)

app_name = "dashboards"
urlpatterns = [
    path("about/", public.about, name="about"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path("explore/", explore.explore, name="explore"),
    path("opportunities/<int:opportunity_id>/", opportunity.opportunity, name="opportunity"),
    path(
        "opportunities/<int:opportunity_id>/calendar.ics",
        calendar_feed.opportunity_calendar,
        name="opportunity_calendar",
    ),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/address/", calendar.make_address, name="make_calendar_address"),
    path("calendar/address/<int:link_id>/revoke/", calendar.revoke_address, name="revoke_calendar_address"),
    path("calendar/feed/<str:token>.ics", calendar_feed.calendar_feed, name="calendar_feed"),
    path("office/inbox/", inbox.inbox, name="inbox"),
    path("office/columns/", columns.known, name="known_columns"),
    path("office/columns/<int:table_id>/", columns.columns, name="columns"),
    path("office/columns/<int:table_id>/no-notices/", columns.no_notices, name="columns_no_notices"),
    path("office/columns/<int:table_id>/restore/<int:version>/", columns.restore, name="columns_restore"),
    path("office/inbox/disclose/<int:opportunity_id>/", inbox.disclose, name="disclose"),
    path("office/replays/", replays.replays, name="replays"),
    path("office/replays/compare/", replays.compare, name="compare"),
    path("office/replays/<int:replay_id>/accept/", replays.accept, name="accept_replay"),
    path("office/replays/<int:replay_id>/refuse/", replays.refuse, name="refuse_replay"),
    path("office/inbox/answer/<int:extraction_id>/<slug:key>/", answers.answer, name="answer"),
    path("office/answers/<int:ruling_id>/take-back/", answers.take_back, name="take_back"),
    path("office/inbox/settle/<int:part_id>/", inbox.settle, name="settle"),
    path("office/inbox/ignore/<int:document_id>/", inbox.ignore, name="ignore"),
    path("office/inbox/<slug:key>/read/", by_hand.by_hand, name="by_hand"),
    path("office/duplicates/<int:proposal_id>/", duplicates.duplicate, name="duplicate"),
    path("office/duplicates/<int:proposal_id>/merge/", duplicates.merge, name="merge"),
    path("office/duplicates/<int:proposal_id>/refuse/", duplicates.refuse, name="refuse"),
    path("office/merges/", duplicates.merges, name="merges"),
    path("office/merges/<int:merge_id>/", duplicates.merged, name="merged"),
    path("office/merges/<int:merge_id>/split/", duplicates.split, name="split"),
]
