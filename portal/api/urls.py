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
    path("subscriptions", subscriptions.SubscriptionList.as_view(), name="subscriptions"),
    path(
        "subscriptions/<int:subscription_id>", subscriptions.SubscriptionDetail.as_view(), name="subscription"
    ),
    path("schema", docs.Schema.as_view(), name="schema"),
    path("docs", docs.docs, name="docs"),
    path("docs/<slug:operation_id>", docs.operation, name="operation"),
    path("docs/<slug:operation_id>/ask", docs.ask, name="ask"),
    path("", missing.Missing.as_view(), name="nothing"),
    path("<path:missing>", missing.Missing.as_view(), name="missing"),
]
