"""Searches that companies keep."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

LONGEST_NAME = 80


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def standing(self) -> SavedSearchQuerySet:
        return self.filter(ended_at=None)


class SavedSearch(models.Model):
    """A search that a company keeps under a name, for all its people. Ended, never deleted."""

    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=LONGEST_NAME)
    # As opportunities.searching.address writes it; a choice that there is no more is passed over
    query = models.TextField()
    # By which words that are Swedish as well as English are read
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "saved searches"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "name"], name="saved_search_name_once", condition=Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name
