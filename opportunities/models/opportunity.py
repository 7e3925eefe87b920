from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Func, OuterRef, Q, Subquery
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import MD5, Concat

from opportunities.audience import Audience
from opportunities.canary import CANARY_PUBLISHER
from opportunities.parsed_notice import EARLY_STAGES, Moment, Stage
from opportunities.sameness.keys import is_numbered_by_a_portal
from portal.lib.money import Money

# What open data numbers a process by: see exports.told.number_of
NUMBER = MD5(Concat("publisher", models.Value("/"), "process_id"))
ENDED_STAGES = (Stage.AWARDED, Stage.CANCELLED, Stage.RETENDERED)


def open_at(now: datetime) -> Q:
    """Neither ended nor past its deadline. Without a stated deadline an opportunity stays open."""
    ahead = Q(submission_deadline__gt=now) | Q(submission_deadline=None)
    return ahead & ~Q(stage__in=ENDED_STAGES)


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def without_canaries(self) -> OpportunityQuerySet:
        """Those that the world told us of."""
        return self.exclude(publisher=CANARY_PUBLISHER)

    def only_canaries(self) -> OpportunityQuerySet:
        return self.filter(publisher=CANARY_PUBLISHER)

    def standing(self) -> OpportunityQuerySet:
        """Those that are read by themselves, not as a part of another."""
        return self.filter(merged_into=None)

    def disclosed_at(self, moment: datetime) -> OpportunityQuerySet:
        return self.filter(disclosed_from__lte=moment)

    def meant_for(self, *, domains: Collection[str], region: str) -> OpportunityQuerySet:
        """Those whose rule means a company that works in these domains and sits there."""
        any_domain = Q(audience_domains=[])
        if domains:
            any_domain |= Q(audience_domains__overlap=list(domains))
        any_region = Q(audience_regions=[])
        if region:
            any_region |= Q(audience_regions__contains=[region])
        return self.filter(any_domain, any_region)

    def meant_for_company_in(self, company: str) -> OpportunityQuerySet:
        """As ``meant_for``, in a subquery: for the company that the query outside reaches by this path."""
        region = Func(
            OuterRef(f"{company}__region"),
            template="ARRAY[%(expressions)s]::varchar(2)[]",
            output_field=ArrayField(models.CharField(max_length=2)),
        )
        any_domain = Q(audience_domains=[]) | Q(audience_domains__overlap=OuterRef(f"{company}__domains"))
        any_region = Q(audience_regions=[]) | Q(audience_regions__contains=region)
        return self.filter(any_domain, any_region)

    def open_at(self, now: datetime) -> OpportunityQuerySet:
        return self.filter(open_at(now))

    def early_stage(self) -> OpportunityQuerySet:
        return self.filter(stage__in=EARLY_STAGES)

    def with_latest_revision(self) -> OpportunityQuerySet:
        """Adds ``latest_revision_id`` and ``latest_number``, as they stood when the facts were read."""
        newest_first = OpportunityRevision.objects.filter(opportunity=OuterRef("pk")).order_by("-number")
        return self.annotate(
            latest_revision_id=Subquery(newest_first.values("pk")[:1]),
            latest_number=Subquery(newest_first.values("number")[:1]),
        )


class Opportunity(models.Model):
    """One contracting process as it stands now (OCDS: the compiled release)."""

    # Identification: a process number is unique only within the publisher that gave it
    publisher = models.CharField(max_length=200)
    process_id = models.CharField(max_length=200)

    # Disclosure: nobody but the coordination office sees it before. Null means not decided yet.
    disclosed_from = models.DateTimeField(null=True)
    # Which companies then see it; empty: any. See audience.Audience, and the door.
    audience_domains = ArrayField(models.SlugField(), default=list)
    audience_regions = ArrayField(models.CharField(max_length=2), default=list)

    # When the first notice about it reached us, and when it was first published as far as we know
    recorded_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    # Facts, compiled from the notices; written only by services.record_notices().
    # Null or "" means not stated.
    stage = models.CharField(max_length=30, choices=[(s.value, s.value) for s in Stage], blank=True)
    title = models.TextField()
    description = models.TextField(blank=True)
    reference = models.TextField(blank=True)
    url = models.TextField(blank=True)

    buyer_name = models.TextField(blank=True)
    organisation_chain = ArrayField(models.TextField(), default=list)
    contact = models.TextField(blank=True)

    location = models.TextField(blank=True)
    pincode = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=2, blank=True)

    category = models.CharField(max_length=100, blank=True)
    product_category = models.TextField(blank=True)
    procurement_method = models.TextField(blank=True)
    contract_form = models.TextField(blank=True)
    classification_codes = ArrayField(models.CharField(max_length=20), default=list)
    scheme = models.TextField(blank=True)
    is_joint_venture_allowed = models.BooleanField(null=True)

    value_amount = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    value_currency = models.CharField(max_length=3, blank=True)
    bid_security_amount = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    bid_security_currency = models.CharField(max_length=3, blank=True)
    document_fee_amount = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    document_fee_currency = models.CharField(max_length=3, blank=True)

    documents_from = models.DateTimeField(null=True)
    documents_until = models.DateTimeField(null=True)
    enquiry_deadline = models.DateTimeField(null=True)
    prebid_at = models.DateTimeField(null=True)
    prebid_place = models.TextField(blank=True)
    submission_from = models.DateTimeField(null=True)
    submission_deadline = models.DateTimeField(null=True)
    opening_at = models.DateTimeField(null=True)
    # Names of the moments above that were stated as a day alone
    without_time = ArrayField(models.CharField(max_length=30), default=list)
    bid_validity_days = models.PositiveIntegerField(null=True)
    period_days = models.PositiveIntegerField(null=True)

    # Facts that were read with doubt and that nobody has confirmed
    unsure = ArrayField(models.CharField(max_length=40), default=list)

    tender_expected_from = models.DateField(null=True)
    tender_expected_until = models.DateField(null=True)

    # Full text in the language tenders are written in; what it is made of counts in this order
    search_vector = models.GeneratedField(
        expression=CombinedExpression(
            CombinedExpression(
                SearchVector("title", weight="A", config="english"),
                "||",
                SearchVector("description", weight="B", config="english"),
            ),
            "||",
            SearchVector("product_category", weight="C", config="english"),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    # The opportunity that it is read as a part of, however many merges lie between; see Merge
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    # IDs it bears or quotes and its page's address, to find it told elsewhere: see sameness.keys
    identity_keys = ArrayField(models.TextField(), default=list)
    # Null: it has still to be compared with the others as it stands now
    compared_at = models.DateTimeField(null=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "opportunities"
        constraints = [
            models.UniqueConstraint(fields=["publisher", "process_id"], name="opportunity_once_per_process"),
            models.CheckConstraint(
                condition=(Q(value_amount=None) & Q(value_currency=""))
                | (Q(value_amount__isnull=False) & ~Q(value_currency="")),
                name="opportunity_value_has_currency",
            ),
            models.CheckConstraint(
                condition=(Q(bid_security_amount=None) & Q(bid_security_currency=""))
                | (Q(bid_security_amount__isnull=False) & ~Q(bid_security_currency="")),
                name="opportunity_bid_security_has_currency",
            ),
            models.CheckConstraint(
                condition=(Q(document_fee_amount=None) & Q(document_fee_currency=""))
                | (Q(document_fee_amount__isnull=False) & ~Q(document_fee_currency="")),
                name="opportunity_document_fee_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(value_amount=None) | Q(value_amount__gte=0),
                name="opportunity_value_is_not_negative",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="opportunity_search"),
            models.Index(fields=["submission_deadline"], name="opportunity_deadline"),
            # Holds all that the door asks and lists count by, so that neither need open the wide rows.
            models.Index(
                fields=["id"],
                include=[
                    *("merged_into", "disclosed_from", "publisher", "audience_domains", "audience_regions"),
                    *("submission_deadline", "stage", "state"),
                ],
                name="opportunity_at_the_door",
            ),
            models.Index(fields=["disclosed_from"], name="opportunity_disclosed"),
            GinIndex(fields=["identity_keys"], name="opportunity_identity"),
            models.Index(NUMBER, name="opportunity_number"),
            models.Index(fields=["id"], name="opportunity_uncompared", condition=Q(compared_at=None)),
            models.Index(
                fields=["id"], name="opportunity_early", condition=Q(stage__in=sorted(EARLY_STAGES))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def value(self) -> Money | None:
        return _money(self.value_amount, self.value_currency)

    @property
    def bid_security(self) -> Money | None:
        return _money(self.bid_security_amount, self.bid_security_currency)

    @property
    def document_fee(self) -> Money | None:
        return _money(self.document_fee_amount, self.document_fee_currency)

    @property
    def audience(self) -> Audience:
        return Audience(tuple(self.audience_domains), tuple(self.audience_regions))

    @property
    def is_canary(self) -> bool:
        return self.publisher == CANARY_PUBLISHER

    @property
    def is_early_stage(self) -> bool:
        return self.stage in EARLY_STAGES

    @property
    def survival_order(self) -> tuple[bool, str, str]:
        """What survives a merge comes first: the tender as its portal numbers it, before reports of it."""
        is_report = not is_numbered_by_a_portal(self.publisher, self.process_id)
        return (is_report, self.publisher, self.process_id)

    def moment(self, name: str) -> Moment | None:
        """The moment in the field called ``name``, with whether a time of day was stated."""
        at: datetime | None = getattr(self, name)
        return None if at is None else Moment(at, has_time=name not in self.without_time)

    def is_open_at(self, now: datetime) -> bool:
        ahead = self.submission_deadline is None or self.submission_deadline > now
        return ahead and self.stage not in ENDED_STAGES


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)


class OpportunityRevisionQuerySet(models.QuerySet["OpportunityRevision"]):
    def telling_a_change(self) -> OpportunityRevisionQuerySet:
        return self.filter(tells_a_change=True)


class OpportunityRevision(models.Model):
    """What one notice changed. Append-only, and the queue of what matching has still to look at."""

    opportunity = models.ForeignKey(Opportunity, models.PROTECT, related_name="revisions")
    notice = models.ForeignKey("opportunities.Notice", models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    changes = models.JSONField()
    # False where facts are only filled in: by the first notice, or by the page behind a listing's row.
    tells_a_change = models.BooleanField()
    recorded_at = models.DateTimeField()

    objects = OpportunityRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "number"], name="revision_number_once"),
        ]
        indexes = [
            # Most tell of none: to ask whether something has changed needs no look at its rows.
            models.Index(
                fields=["opportunity", "recorded_at", "number"],
                condition=Q(tells_a_change=True),
                name="revision_telling_a_change",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity} r{self.number}"
