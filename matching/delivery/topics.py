"""What a subscription is about, as a search and in words."""

from __future__ import annotations

from django.utils.translation import get_language, gettext

from matching.models import Subscription
from matching.scoring.engine import DOMAINS, domain_name
from opportunities.searching.address import search_from_text
from opportunities.searching.definition import Facet, OpportunitySearch
from opportunities.templatetags.opportunity_words import stage_name, state_name

# By which topics can be chosen, in the order they are named.
FACETS = (Facet.DOMAIN, Facet.STAGE, Facet.STATE, Facet.CITY)


def search_of(query: str) -> OpportunitySearch:
    """What is kept of a search, as far as its choices still exist."""
    return search_from_text(query, domains=frozenset(DOMAINS)).search


def subscription_name(subscription: Subscription) -> str:
    """What it is about, in the language that is active."""
    if subscription.profile:
        return subscription.profile.name
    if subscription.saved_search:
        return subscription.saved_search.name
    if subscription.company:
        return gettext("What %(company)s follows") % {"company": subscription.company.name}
    if subscription.kind == Subscription.Kind.CANARY:
        return gettext("The canary: a made-up notice that shows that mail arrives")
    return topics_in_words(search_of(subscription.query))


def topics_in_words(search: OpportunitySearch) -> str:
    """ "Water supply, Lighting · Pune", in the language that is active."""
    chosen = (", ".join(_name(facet, value) for value in search.chosen(facet)) for facet in FACETS)
    return " · ".join(filter(None, chosen)) or gettext("Everything that is disclosed to all")


def _name(facet: Facet, value: str) -> str:
    if facet is Facet.DOMAIN:
        return domain_name(value, get_language() or "en")
    if facet is Facet.STAGE:
        return stage_name(value)
    return state_name(value) if facet is Facet.STATE else value
