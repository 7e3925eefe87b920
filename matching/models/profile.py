"""What a company can do, and what it can prove."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from matching.bidding.records import Presence, Signature
from matching.models.verdict import Verdict


class CapabilityProfileQuerySet(models.QuerySet["CapabilityProfile"]):
    def current(self) -> CapabilityProfileQuerySet:
        """Those that their company hasn't retired."""
        return self.filter(retired_at=None)

    def awaiting_scoring(self, *, scorer_versions: Collection[str]) -> CapabilityProfileQuerySet:
        """Changed or judged since they were last scored against everything, or scored by none of these."""
        return self.current().filter(
            Q(scored_at=None)
            | Q(scored_at__lt=F("changed_at"))
            | ~Q(scorer_version__in=scorer_versions)
            | Exists(Verdict.objects.unlearnt().filter(profile=OuterRef("pk")))
        )


class CapabilityProfile(models.Model):
    """What one company can do, and what it wants to hear about."""

    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="profiles")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    summary = models.TextField(blank=True)
    capabilities = ArrayField(models.TextField(), default=list)
    domains = ArrayField(models.SlugField(), default=list)  # see matching/scoring/vocabulary
    classification_codes = ArrayField(models.CharField(max_length=20), default=list)  # CPV
    references = ArrayField(models.TextField(), default=list)
    certifications = ArrayField(models.TextField(), default=list)
    turnover_sek_millions = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    employees = models.PositiveIntegerField(null=True)
    # Contract values that suit, in rupees. Null: no limit on that side.
    value_from_inr = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    value_to_inr = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    states = ArrayField(models.CharField(max_length=2), default=list)  # preferred; empty: anywhere
    is_joint_venture_willing = models.BooleanField(default=False)
    may_lead_joint_venture = models.BooleanField(default=False)
    # What a buyer would examine. Null or "": not told.
    founded_year = models.PositiveSmallIntegerField(null=True)
    net_worth_sek_millions = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    indian_presence = models.CharField(
        max_length=20, choices=[(p.value, p.value) for p in Presence], blank=True
    )
    digital_signature = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in Signature], blank=True
    )
    local_content_percent = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(100)])
    # Matches below it stay out of list and mail.
    minimum_score = models.PositiveSmallIntegerField(default=35, validators=[MaxValueValidator(100)])

    changed_at = models.DateTimeField(default=timezone.now)
    scored_at = models.DateTimeField(null=True)
    scorer_version = models.CharField(max_length=20, blank=True)

    # Counts what people save, so that whoever saves upon another's text is told.
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True)
    edited_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    # Then it finds nothing any more. The row is kept: mails and agreements refer to it.
    retired_at = models.DateTimeField(null=True)

    objects = CapabilityProfileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "name"],
                name="profile_name_once_per_company",
                condition=Q(retired_at=None),
            ),
            models.CheckConstraint(
                condition=Q(value_from_inr=None)
                | Q(value_to_inr=None)
                | Q(value_from_inr__lte=F("value_to_inr")),
                name="profile_value_band_is_in_order",
            ),
            models.CheckConstraint(
                condition=Q(minimum_score__lte=100), name="profile_minimum_score_is_at_most_100"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_compared(self, *, scorer_versions: Collection[str]) -> bool:
        """Whether its list is what it says now, by one of these scorers. Verdicts are another matter."""
        return (
            self.scored_at is not None
            and self.scored_at >= self.changed_at
            and self.scorer_version in scorer_versions
        )


class YearlyTurnover(models.Model):
    """What a company turned over in one year, as buyers ask for it."""

    profile = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="yearly_turnovers")
    year = models.PositiveSmallIntegerField()
    sek_millions = models.DecimalField(max_digits=12, decimal_places=1)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "year"], name="turnover_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.profile} {self.year}: {self.sek_millions}"


class CompletedProject(models.Model):
    """A finished work that a company can prove, with what buyers ask of it: size, year and field."""

    profile = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="completed_projects")
    name = models.CharField(max_length=300)
    completed_year = models.PositiveSmallIntegerField(null=True)
    value_sek_millions = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    domains = ArrayField(models.SlugField(), default=list)

    class Meta:
        ordering = ["-completed_year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "name"], name="completed_project_once_by_name"),
        ]

    def __str__(self) -> str:
        return self.name
