"""What is to be bought one day: known of early, followed, and linked to the tender it comes to."""

from __future__ import annotations

from datetime import date, datetime

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from opportunities.models.notice import Notice
from opportunities.models.opportunity import Opportunity, OpportunityRevision
from opportunities.parsed_notice import Stage
from opportunities.projects.records import Confidence, ProjectStatus, is_before_tender, status_of
from opportunities.projects.slippage import Slippage
from portal.lib.money import Money

# The opportunity that a project's process is read as now
ROOT = Coalesce("opportunity__merged_into", "opportunity")


class ProjectQuerySet(models.QuerySet["Project"]):
    def with_root(self) -> ProjectQuerySet:
        """Adds ``root_id``: the opportunity that the project's process is read as now."""
        return self.annotate(root_id=ROOT)

    def standing(self) -> ProjectQuerySet:
        """Not those whose process is read as one that has a project of its own."""
        return self.filter(opportunity__merged_into__project=None)

    def behind(self) -> ProjectQuerySet:
        """Those whose process has told something since that they don't say yet."""
        newest_first = OpportunityRevision.objects.filter(opportunity=OuterRef("root_id")).order_by("-number")
        latest = self.with_root().annotate(latest_id=Subquery(newest_first.values("pk")[:1]))
        return latest.filter(latest_id__isnull=False).exclude(told_revision=models.F("latest_id"))


class Project(models.Model):
    """An intended work, before any tender (OC4IDS: project). It stands upon the process that told of it."""

    opportunity = models.OneToOneField(Opportunity, models.PROTECT, related_name="project")
    recorded_at = models.DateTimeField()
    # The process's revision that it says; the process having a later one is the mark that work is left.
    told_revision = models.ForeignKey(OpportunityRevision, models.PROTECT, null=True, related_name="+")
    # The number of its last revision: whoever corrects it says which one was seen.
    version = models.PositiveIntegerField(default=0)
    # When its own process, or one linked to it, was first seen at the market. Null: not tendered. Of whom the
    # linked one is hidden from, this is too: the doors add ``told_tendered_at``.
    tendered_at = models.DateTimeField(null=True)

    # The quarter as it was first told, and how often it has moved since; see projects.slippage
    expected_first_from = models.DateField(null=True)
    expected_first_until = models.DateField(null=True)
    expected_moves = models.PositiveSmallIntegerField(default=0)

    # Facts, compiled by services.record_project(). Null or "" means not stated.
    title = models.TextField()
    description = models.TextField(blank=True)
    stage = models.CharField(max_length=30, choices=[(s.value, s.value) for s in Stage], blank=True)
    buyer_name = models.TextField(blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=2, blank=True)
    scheme = models.TextField(blank=True)
    funding = models.TextField(blank=True)
    value_amount = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    value_currency = models.CharField(max_length=3, blank=True)
    # The upper end where a range is told, in the same currency
    value_until_amount = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    tender_expected_from = models.DateField(null=True)
    tender_expected_until = models.DateField(null=True)
    confidence = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Confidence], blank=True)
    basis = models.TextField(blank=True)
    contact = models.TextField(blank=True)  # the office alone reads it

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(value_amount=None, value_until_amount=None, value_currency="")
                | ~Q(value_currency=""),
                name="project_value_has_currency",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "city"], name="project_place"),
            models.Index(fields=["tender_expected_from"], name="project_expected"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def value(self) -> Money | None:
        return None if self.value_amount is None else Money(self.value_amount, self.value_currency)

    @property
    def value_until(self) -> Money | None:
        until = self.value_until_amount
        return None if until is None else Money(until, self.value_currency)

    @property
    def tendered_since(self) -> datetime | None:
        """When it went to tender: of one that came through a door, as far as who asks may know."""
        told: datetime | None = vars(self).get("told_tendered_at", self.tendered_at)
        return told

    @property
    def is_tendered(self) -> bool:
        return self.tendered_since is not None

    @property
    def is_called_off(self) -> bool:
        return self.stage == Stage.CANCELLED

    @property
    def is_early_stage(self) -> bool:
        return not self.is_tendered and is_before_tender(Stage(self.stage) if self.stage else None)

    @property
    def slippage(self) -> Slippage | None:
        """How its expected quarter has moved; None where it stands as first told."""
        first, now = self.expected_first_from, self.tender_expected_from
        if first is None or now is None or first == now:
            return None
        return Slippage(first, self.expected_first_until, (now - first).days, self.expected_moves)

    def is_overdue_at(self, day: date) -> bool:
        """Whether the quarter has passed, and no tender has come."""
        until = self.tender_expected_until or self.tender_expected_from
        return self.is_early_stage and until is not None and until < day

    @property
    def status(self) -> ProjectStatus:
        return status_of(Stage(self.stage) if self.stage else None, is_tendered=self.is_tendered)


class ProjectRevision(models.Model):
    """What became known of a project at a time, field by field. Append-only."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    changes = models.JSONField()
    # What told it: the process's revision as it stood, and the office where it said so itself
    told_by = models.ForeignKey(OpportunityRevision, models.PROTECT, null=True, related_name="+")
    statement = models.ForeignKey(
        "opportunities.ProjectStatement", models.PROTECT, null=True, related_name="revisions"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="project_revision_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.project} r{self.number}"


class ProjectStatement(models.Model):
    """What the office says of a project itself, and why. Append-only.

    What notices tell as well goes the way of a notice; the rest stands here alone.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="statements")
    said = models.JSONField()  # ProjectFacts that it states
    content = models.JSONField(null=True)  # the notice it makes, to be told again in a replay
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="+")
    because = models.TextField()
    stated_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.project}: {self.because}"


class ProjectLinkQuerySet(models.QuerySet["ProjectLink"]):
    def confirmed(self) -> ProjectLinkQuerySet:
        return self.filter(state=ProjectLink.State.CONFIRMED)

    def proposed(self) -> ProjectLinkQuerySet:
        return self.filter(state=ProjectLink.State.PROPOSED)


class ProjectLink(models.Model):
    """That a project has come, or may have come, to a tender. Many to many; a person decides."""

    class State(models.TextChoices):
        PROPOSED = "proposed"  # by rule, and waiting for a person
        CONFIRMED = "confirmed"
        REFUSED = "refused"  # or taken back, and never to be proposed again

    project = models.ForeignKey(Project, models.PROTECT, related_name="links")
    opportunity = models.ForeignKey(Opportunity, models.PROTECT, related_name="project_links")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    likeness = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])
    grounds = models.JSONField(default=list)  # see serialization.grounds_to_json
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)  # null unless it is confirmed

    objects = ProjectLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-likeness", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "opportunity"], name="project_link_once"),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at=None)),
                name="project_link_confirmed_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["-likeness"], name="project_link_proposed", condition=Q(state="proposed")),
        ]

    def __str__(self) -> str:
        return f"{self.project} / {self.opportunity}: {self.state}"


class LinkDecision(models.Model):
    """What a person decided about a link, and why. Append-only; the last one stands."""

    link = models.ForeignKey(ProjectLink, models.PROTECT, related_name="decisions")
    state = models.CharField(max_length=10, choices=ProjectLink.State)
    because = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.link} by {self.decided_by}"
