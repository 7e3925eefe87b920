"""One mail per person and period: deliveries belong to people, not to what they subscribe to."""

from collections import defaultdict

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery

BETWEEN = "\n\n"


def give_people_a_row(apps, schema_editor):
    subscription = apps.get_model("matching", "Subscription")
    recipient = apps.get_model("matching", "Recipient")
    wanted = subscription.objects.order_by("user", "-created_at").distinct("user")
    recipient.objects.bulk_create(
        recipient(user_id=each.user_id, language=each.language, created_at=each.created_at) for each in wanted
    )
    of_user = recipient.objects.filter(user=OuterRef("user")).values("pk")
    subscription.objects.update(recipient=Subquery(of_user))
    delivery = apps.get_model("matching", "Delivery")
    of_subscription = subscription.objects.filter(pk=OuterRef("subscription")).values("recipient")
    delivery.objects.update(recipient=Subquery(of_subscription))
    line = apps.get_model("matching", "DeliveredOpportunity")
    match = apps.get_model("matching", "Match").objects.filter(pk=OuterRef("match")).values("opportunity")
    of_delivery = delivery.objects.filter(pk=OuterRef("delivery")).values("subscription")
    line.objects.update(opportunity=Subquery(match), subscription=Subquery(of_delivery))


def join_what_was_sent_apart(apps, schema_editor):
    """Whoever had several profiles had several mails a day: those of one day become one row.

    What was told stays told. What waits beside a mail that was sent is left to the next day's run.
    """
    delivery = apps.get_model("matching", "Delivery")
    by_person = defaultdict(list)
    several = (
        delivery.objects.values("run", "recipient").annotate(n=models.Count("pk")).filter(n__gt=1)
    )
    for each in several:
        found = delivery.objects.filter(run=each["run"], recipient=each["recipient"])
        # The first is kept: one that was sent, else one that waits, else one that was dropped.
        by_person[each["run"], each["recipient"]] = list(
            found.order_by(F("sent_at").asc(nulls_last=True), "dropped_because", "pk")
        )
    for kept, *others in by_person.values():
        for other in others:
            _join(apps, kept, other)
            other.delete()


def _join(apps, kept, other):
    if kept.sent_at and other.sent_at:
        kept.subject = " / ".join((kept.subject, other.subject))[:300]
        kept.body_text += BETWEEN + other.body_text
        kept.body_html += BETWEEN + other.body_html
        kept.save(update_fields=["subject", "body_text", "body_html"])
    if bool(kept.sent_at) != bool(other.sent_at) or other.dropped_because:
        return
    known = set(kept.delivered_opportunities.values_list("opportunity", flat=True))
    other.delivered_opportunities.exclude(opportunity__in=known).update(delivery=kept)
    pairs = set(kept.delivered_projects.values_list("project", "tender"))
    for line in other.delivered_projects.all():
        if (line.project_id, line.tender_id) not in pairs:
            line.delivery = kept
            line.save(update_fields=["delivery"])


def settle(apps, schema_editor):
    """A table whose keys are still to be checked can't be altered."""
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ("matching", "0017_suppression"),
        ("opportunities", "0008_project_slippage"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("language", models.CharField(blank=True, choices=[("sv", "Svenska"), ("en", "English")], max_length=5)),
                ("time_zone", models.CharField(default="Europe/Stockholm", max_length=60)),
                ("send_hour", models.PositiveSmallIntegerField(default=7)),
                ("wants_weekends", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                ("user", models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="recipient", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("user", None), ("email", ""), _connector="XOR"), name="recipient_has_an_account_or_an_address"),
                    models.UniqueConstraint(django.db.models.functions.text.Lower("email"), condition=models.Q(("user", None)), name="recipient_address_once"),
                    models.CheckConstraint(condition=models.Q(("send_hour__gte", 7), ("send_hour__lt", 22)), name="recipient_sleeps_at_night"),
                ],
            },
        ),
        migrations.RenameModel("DeliveredMatch", "DeliveredOpportunity"),
        migrations.AlterModelOptions("deliveredopportunity", {"verbose_name_plural": "delivered opportunities"}),
        migrations.RemoveConstraint("deliveredopportunity", "delivered_match_once"),
        migrations.AlterField(
            "deliveredopportunity",
            "delivery",
            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="delivered_opportunities", to="matching.delivery"),
        ),
        migrations.AddField(
            "deliveredopportunity",
            "opportunity",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="opportunities.opportunity"),
        ),
        migrations.AddField(
            "deliveredopportunity",
            "subscription",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="delivered", to="matching.subscription"),
        ),
        migrations.RenameField("delivery", "recipient", "address"),
        migrations.RemoveConstraint("delivery", "delivery_once"),
        migrations.AddField(
            "delivery",
            "recipient",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="matching.recipient"),
        ),
        migrations.RemoveConstraint("subscription", "subscription_once"),
        migrations.AddField(
            "subscription",
            "recipient",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="matching.recipient"),
        ),
        migrations.RunPython(give_people_a_row),
        migrations.RunPython(join_what_was_sent_apart),
        migrations.RunPython(settle),
        migrations.RemoveField("deliveredopportunity", "match"),
        migrations.AlterField(
            "deliveredopportunity",
            "opportunity",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="opportunities.opportunity"),
        ),
        migrations.AddConstraint(
            "deliveredopportunity",
            models.UniqueConstraint(fields=("delivery", "opportunity"), name="delivered_opportunity_once"),
        ),
        migrations.RemoveField("delivery", "subscription"),
        migrations.AlterField(
            "delivery",
            "recipient",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="matching.recipient"),
        ),
        migrations.AddConstraint(
            "delivery",
            models.UniqueConstraint(fields=("run", "recipient"), name="delivery_once"),
        ),
        migrations.RemoveField("subscription", "user"),
        migrations.RemoveField("subscription", "language"),
        migrations.AlterField(
            "subscription",
            "recipient",
            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="matching.recipient"),
        ),
        migrations.AddConstraint(
            "subscription",
            models.UniqueConstraint(fields=("recipient", "profile"), name="subscription_once"),
        ),
    ]
