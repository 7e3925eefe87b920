from __future__ import annotations

from django.urls import path

from portal.api.views import (
    buyers,
    docs,
    follows,
    matches,
    missing,
    opportunities,
    profiles,
    projects,
    saved_searches,
    subscriptions,
    verdicts,
)
from portal.api.views.office import colleagues, disclosures, inbox, links, readings, sources

app_name = "api"
urlpatterns = [
    path("opportunities", opportunities.OpportunityList.as_view(), name="opportunities"),
    path("opportunities/facets", opportunities.OpportunityFacets.as_view(), name="facets"),
    path("opportunities/<int:opportunity_id>", opportunities.OpportunityDetail.as_view(), name="opportunity"),
    path("projects", projects.ProjectList.as_view(), name="projects"),
    path("projects/<int:project_id>", projects.ProjectDetail.as_view(), name="project"),
    path("buyers", buyers.BuyerList.as_view(), name="buyers"),
    path("buyers/<int:buyer_id>", buyers.BuyerDetail.as_view(), name="buyer"),
    path("cities", buyers.CityList.as_view(), name="cities"),
    path("cities/<slug:slug>", buyers.CityDetail.as_view(), name="city"),
    path("profiles", profiles.ProfileList.as_view(), name="profiles"),
    path("profiles/<int:profile_id>", profiles.ProfileDetail.as_view(), name="profile"),
    path(
        "profiles/<int:profile_id>/restore", profiles.ProfileRestoration.as_view(), name="profile_restoration"
    ),
    path("matches", matches.MatchList.as_view(), name="matches"),
    path("matches/<int:match_id>", matches.MatchDetail.as_view(), name="match"),
    path("verdicts", verdicts.VerdictList.as_view(), name="verdicts"),
    path("verdicts/<int:verdict_id>", verdicts.VerdictDetail.as_view(), name="verdict"),
    path("follows", follows.FollowList.as_view(), name="follows"),
    path("follows/<int:opportunity_id>", follows.FollowDetail.as_view(), name="follow"),
    path("project-follows", follows.ProjectFollowList.as_view(), name="project_follows"),
    path("project-follows/<int:project_id>", follows.ProjectFollowDetail.as_view(), name="project_follow"),
    path("saved-searches", saved_searches.SavedSearchList.as_view(), name="saved_searches"),
    path("saved-searches/<int:search_id>", saved_searches.SavedSearchDetail.as_view(), name="saved_search"),
    path(
        "saved-searches/<int:search_id>/restore",
        saved_searches.SavedSearchRestoration.as_view(),
        name="saved_search_restoration",
    ),
    path("subscriptions", subscriptions.SubscriptionList.as_view(), name="subscriptions"),
    path(
        "subscriptions/<int:subscription_id>", subscriptions.SubscriptionDetail.as_view(), name="subscription"
    ),
    path("office/inbox", inbox.InboxList.as_view(), name="inbox"),
    path("office/inbox/<slug:key>", inbox.InboxItem.as_view(), name="inbox_item"),
    path("office/inbox/<slug:key>/deeds", inbox.InboxDeeds.as_view(), name="inbox_deeds"),
    path("office/inbox/<slug:key>/readings", readings.HandReadings.as_view(), name="hand_readings"),
    path("office/colleagues", colleagues.ColleagueList.as_view(), name="colleagues"),
    path("office/deeds", inbox.DeedList.as_view(), name="deeds"),
    path("office/deeds/<int:deed_id>", inbox.DeedDetail.as_view(), name="deed"),
    path("office/disclosures/<int:opportunity_id>", disclosures.Disclosure.as_view(), name="disclosure"),
    path(
        "office/disclosures/<int:opportunity_id>/preview",
        disclosures.DisclosurePreview.as_view(),
        name="disclosure_preview",
    ),
    path(
        "office/disclosures/<int:opportunity_id>/withdraw",
        disclosures.DisclosureWithdrawal.as_view(),
        name="disclosure_withdrawal",
    ),
    path("office/links", links.LinkList.as_view(), name="links"),
    path("office/sources", sources.SourceList.as_view(), name="sources"),
    path("office/sources/<int:source_id>", sources.SourceDetail.as_view(), name="source"),
    path("schema", docs.Schema.as_view(), name="schema"),
    path("docs", docs.docs, name="docs"),
    path("docs/<slug:operation_id>", docs.operation, name="operation"),
    path("docs/<slug:operation_id>/ask", docs.ask, name="ask"),
    path("", missing.Missing.as_view(), name="nothing"),
    path("<path:missing>", missing.Missing.as_view(), name="missing"),
]
