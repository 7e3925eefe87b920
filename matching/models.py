from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from matching.bidding.records import Presence, Signature
from portal.lib.retry import Retryable


class CapabilityProfileQuerySet(models.QuerySet["CapabilityProfile"]):
    def current(self) -> CapabilityProfileQuerySet:
        """Those that their company hasn't retired."""
        return self.filter(retired_at=None)

    def awaiting_scoring(self, *, scorer_version: str) -> CapabilityProfileQuerySet:
        """Changed or judged since they were last scored against everything, or scored by another scorer."""
        return self.current().filter(
            Q(scored_at=None)
            | Q(scored_at__lt=F("changed_at"))
            | ~Q(scorer_version=scorer_version)
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


class ScoredRevision(models.Model):
    """The mark that a revision has been matched against every profile."""

    # Goes with the revision, and revisions go only when a canary is forgotten.
    revision = models.OneToOneField(
        "opportunities.OpportunityRevision", models.CASCADE, related_name="scored"
    )
    scored_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.revision)


class TermStatistics(models.Model):
    """How many opportunities hold each word stem: what tells a rare word from a common one."""

    taken_at = models.DateTimeField(unique=True)
    documents = models.PositiveIntegerField()
    frequencies = models.JSONField()  # stem: number of opportunities

    class Meta:
        verbose_name_plural = "term statistics"

    def __str__(self) -> str:
        return f"{self.documents} opportunities, {self.taken_at:%Y-%m-%d %H:%M}"


class ProfileReach(models.Model):
    """From which first-stage score on an opportunity is among a profile's best, by one kind of index."""

    profile = models.OneToOneField(CapabilityProfile, models.CASCADE, related_name="reach")
    label = models.CharField(max_length=100)
    least = models.FloatField()

    def __str__(self) -> str:
        return f"{self.profile}: {self.least:.3f}"


class OpportunityVector(models.Model):
    """What an opportunity's text means to one version of the encoder."""

    opportunity = models.ForeignKey("opportunities.Opportunity", models.CASCADE, related_name="vectors")
    encoder_version = models.CharField(max_length=60)
    # Of the text that was read: another one is read again.
    digest = models.CharField(max_length=32)
    vector = models.BinaryField()  # floats of 16 bits, not centred
    encoded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "encoder_version"], name="opportunity_vector_once_per_encoder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity}: {self.encoder_version}"


class ProfileVector(models.Model):
    """What one statement of a profile means to one version of the encoder."""

    profile = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="vectors")
    encoder_version = models.CharField(max_length=60)
    digest = models.CharField(max_length=32)  # of the statement
    vector = models.BinaryField()  # floats of 16 bits, not centred
    encoded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "encoder_version", "digest"], name="profile_vector_once_per_statement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile}: {self.encoder_version}"


class Match(models.Model):
    """How well an opportunity fits a profile, and why. Always about the latest revision scored."""

    profile = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="matches")
    opportunity = models.ForeignKey("opportunities.Opportunity", models.PROTECT, related_name="matches")
    score = models.PositiveSmallIntegerField()
    # Parts that add up to the score, each with its evidence: see matching.scoring.serialization
    parts = models.JSONField(default=list)
    scorer_version = models.CharField(max_length=20)
    # Which curve made the score of what the rules found: see matching.scoring.calibration
    calibration = models.CharField(max_length=20, default="")
    first_matched_at = models.DateTimeField()
    matched_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(fields=["profile", "opportunity"], name="match_once_per_profile"),
            models.CheckConstraint(condition=Q(score__lte=100), name="match_score_is_at_most_100"),
        ]
        indexes = [models.Index(fields=["profile", "-score"], name="match_best_first")]

    def __str__(self) -> str:
        return f"{self.profile} / {self.opportunity}: {self.score}"


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def standing(self) -> VerdictQuerySet:
        return self.filter(withdrawn_at=None)

    def dismissals(self) -> VerdictQuerySet:
        return self.standing().filter(is_relevant=False)

    def teaching(self) -> VerdictQuerySet:
        """Those that say what the company's subject is. The other reasons are about rules, not relevance."""
        return self.filter(Q(is_relevant=True) | Q(reason=Verdict.Reason.WRONG_FIELD))

    def unlearnt(self) -> VerdictQuerySet:
        """Given or withdrawn since the profile's list was last ranked."""
        return self.filter(learnt_at=None)


class Verdict(models.Model):
    """What a company says of a match: relevant, or not and why. It changes no other company's list."""

    class Reason(models.TextChoices):
        WRONG_FIELD = "wrong_field"
        TOO_BIG = "too_big"
        TOO_SMALL = "too_small"
        WRONG_PLACE = "wrong_place"
        INELIGIBLE = "ineligible"
        NO_TIME = "no_time"
        NO_PARTNER = "no_partner"
        OTHER = "other"

    profile = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="verdicts")
    opportunity = models.ForeignKey("opportunities.Opportunity", models.PROTECT, related_name="verdicts")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    is_relevant = models.BooleanField()
    reason = models.CharField(max_length=20, choices=Reason, blank=True)  # "" where it is relevant
    note = models.CharField(max_length=500, blank=True)
    given_at = models.DateTimeField()
    # Taken back, or another verdict stands in its place. Rows are kept.
    withdrawn_at = models.DateTimeField(null=True)
    # When the ranking last took it in, or its withdrawal. Null: not yet.
    learnt_at = models.DateTimeField(null=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "opportunity"],
                name="verdict_stands_once",
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                condition=Q(is_relevant=True, reason="") | (Q(is_relevant=False) & ~Q(reason="")),
                name="verdict_against_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["profile"], name="verdict_unlearnt", condition=Q(learnt_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.profile} / {self.opportunity}: {self.reason or 'relevant'}"

    @property
    def teaches(self) -> bool:
        """Whether it is one of ``VerdictQuerySet.teaching``."""
        return self.is_relevant or self.reason == Verdict.Reason.WRONG_FIELD


class ConceptRevision(models.Model):
    """One concept of the vocabulary as the office wrote it; the latest of each stands. Append-only."""

    slug = models.SlugField()
    # See matching.scoring.vocabulary.serialization. Null: as it ships, or gone where it doesn't.
    content = models.JSONField(null=True)
    note = models.CharField(max_length=300, blank=True)  # why
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["slug", "-id"], name="concept_revision_latest")]

    def __str__(self) -> str:
        return f"{self.slug}, {self.made_at:%Y-%m-%d %H:%M}"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def wanted(self) -> SubscriptionQuerySet:
        """Not ended, for a current profile, by someone who may still sign in and acts for its company."""
        return self.filter(
            ended_at=None,
            profile__retired_at=None,
            user__is_active=True,
            profile__company__memberships__user=F("user"),
        )


class Subscription(models.Model):
    """That a person wants a profile's matches by mail."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="subscriptions")
    profile = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="subscriptions")
    created_at = models.DateTimeField()
    # Set by one click in a mail or on a page; null while the mail is wanted.
    ended_at = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "profile"], name="subscription_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.profile}"


class DigestRun(models.Model):
    """One period's digests. It exists once, so a period is decided once."""

    period = models.DateField(unique=True)
    started_at = models.DateTimeField()
    # Null until every subscription has been decided.
    decided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"digest of {self.period}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def unsent(self) -> DeliveryQuerySet:
        return self.filter(sent_at=None, dropped_because="")

    def due_at(self, now: datetime) -> DeliveryQuerySet:
        return self.unsent().filter(retry_at__lte=now)


class Delivery(Retryable):
    """One message owed to one person: the digest of one run."""

    run = models.ForeignKey(DigestRun, models.PROTECT, related_name="deliveries")
    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="deliveries")
    owed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    # Why nothing was sent, when by the time of sending nothing was left to say or nobody to say it to.
    dropped_because = models.CharField(max_length=200, blank=True)
    # As sent
    message_id = models.CharField(max_length=200, blank=True)
    recipient = models.EmailField(blank=True)
    subject = models.CharField(max_length=300, blank=True)
    body_text = models.TextField(blank=True)
    body_html = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["run", "subscription"], name="delivery_once"),
        ]
        indexes = [
            models.Index(fields=["retry_at"], name="delivery_unsent", condition=Q(sent_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.run} to {self.subscription}"


class DeliveredMatch(models.Model):
    """That a delivery tells of a match, as the opportunity stood at one revision. Each state is told once."""

    class Section(models.TextChoices):
        NEW = "new"
        CHANGED = "changed"
        CLOSING = "closing"
        EARLY = "early"
        CAUGHT_UP = "caught_up"  # published long before we found it

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="delivered_matches")
    match = models.ForeignKey(Match, models.CASCADE, related_name="deliveries")
    revision = models.ForeignKey("opportunities.OpportunityRevision", models.PROTECT, related_name="+")
    section = models.CharField(max_length=20, choices=Section)

    class Meta:
        verbose_name_plural = "delivered matches"
        constraints = [
            models.UniqueConstraint(fields=["delivery", "match"], name="delivered_match_once"),
        ]

    def __str__(self) -> str:
        return f"{self.match} in {self.delivery}"


class PartnerRequest(models.Model):
    """That one company asks another to bid together. Names are told when both want it, and not before.

    Whoever asks has agreed by asking. Kept when declined or taken back, so that it can be shown who was told
    what, and when.
    """

    opportunity = models.ForeignKey("opportunities.Opportunity", models.PROTECT, related_name="+")
    asking = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="partners_asked")
    asked = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="partner_requests")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    has_agreed = models.BooleanField(null=True)  # null: not answered
    withdrawn_at = models.DateTimeField(null=True)  # by whoever asked, before there was an answer

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "asking", "asked"], name="partner_asked_once_for_an_opportunity"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, has_agreed=None)
                | Q(answered_at__isnull=False, has_agreed__isnull=False),
                name="partner_request_answered_at_once",
            ),
        ]
        indexes = [models.Index(fields=["asked", "-asked_at"], name="partner_requests_of")]

    def __str__(self) -> str:
        return f"{self.asking} → {self.asked}: {self.opportunity}"

    @property
    def is_open(self) -> bool:
        return self.has_agreed is None and self.withdrawn_at is None
