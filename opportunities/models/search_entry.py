from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Coalesce

from opportunities.models.opportunity import Opportunity
from opportunities.searching.definition import ValueBand

# When bids close that have no day: after all others.
NEVER = datetime(9999, 12, 31, tzinfo=UTC)


def closing_of(entry: str = "") -> Coalesce:
    """When bids close, NEVER where no day is stated, of the entry that a query reaches by this path.

    What lists, narrows and goes on by it finds its place in the index ``search_entry_closing``.
    """
    return Coalesce(f"{entry}submission_deadline", models.Value(NEVER), output_field=models.DateTimeField())


class SearchEntry(models.Model):
    """What an opportunity is searched and counted by: its facts again, in narrow rows that are quick to read.

    Written with the opportunity, by services alone. It says nothing of who may see it: every search starts
    from ``visible_opportunities``.
    """

    opportunity = models.OneToOneField(
        Opportunity, models.CASCADE, primary_key=True, related_name="search_entry"
    )

    stage = models.CharField(max_length=30)
    # Solution domains, as the vocabulary's slugs; whoever reads texts says them, and by which version
    domains = ArrayField(models.CharField(max_length=50), default=list)
    domains_version = models.CharField(max_length=50, blank=True)  # "": not read yet as it stands
    state = models.CharField(max_length=2)
    city = models.CharField(max_length=100)
    buyer = models.CharField(max_length=200)
    value_band = models.CharField(max_length=10, choices=[(band.value, band.value) for band in ValueBand])
    value_inr = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    submission_deadline = models.DateTimeField(null=True)
    scheme = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    is_joint_venture_allowed = models.BooleanField(null=True)
    is_global_tender = models.BooleanField()
    # When it was first told of, by the notice or else by its arrival
    published_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "search entries"
        indexes = [
            # With what most searches narrow by, so that they read the index and not the rows
            models.Index(
                closing_of(),
                "opportunity",
                include=["submission_deadline", "stage", "state"],
                name="search_entry_closing",
            ),
            models.Index(fields=["domains_version"], name="search_entry_domains_version"),
        ]

    def __str__(self) -> str:
        return f"entry of {self.opportunity_id}"


class SearchText(models.Model):
    """The words an opportunity is found by, apart from its entry: who counts many reads no texts."""

    opportunity = models.OneToOneField(
        Opportunity, models.CASCADE, primary_key=True, related_name="search_text"
    )
    # English: title, scope, category, and, counting least, names and numbers
    vector = SearchVectorField()
    has_noted_words = models.BooleanField(default=False)  # see SearchWord

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="search_text_vector"),
            models.Index(
                fields=["opportunity"], name="search_text_unnoted", condition=models.Q(has_noted_words=False)
            ),
        ]

    def __str__(self) -> str:
        return f"text of {self.opportunity_id}"


class SearchWord(models.Model):
    """A word that some opportunity says, for what is nearly typed. Words are added and never taken away.

    Some stand only in what nobody may see yet, so each is asked for at the door before it is suggested.
    """

    word = models.CharField(max_length=40, primary_key=True)

    class Meta:
        indexes = [GistIndex(OpClass("word", name="gist_trgm_ops"), name="search_word_trigrams")]

    def __str__(self) -> str:
        return self.word
