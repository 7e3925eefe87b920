"""The ledger, which the database itself keeps from being changed. What was decided before is carried over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from opportunities.chain import BEGINNING, Entry, LedgerKind, seal

REFUSE = """
CREATE FUNCTION refuse_to_change_the_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append-only: % refused', TG_OP;
END $$;
CREATE TRIGGER ledger_keeps_its_lines BEFORE UPDATE OR DELETE ON opportunities_ledgerentry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_ledger();
CREATE TRIGGER ledger_keeps_all BEFORE TRUNCATE ON opportunities_ledgerentry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_ledger();
"""
ALLOW = """
DROP TRIGGER ledger_keeps_all ON opportunities_ledgerentry;
DROP TRIGGER ledger_keeps_its_lines ON opportunities_ledgerentry;
DROP FUNCTION refuse_to_change_the_ledger();
"""


def carry_over(apps, _editor):
    disclosures = apps.get_model("opportunities", "Disclosure").objects.order_by("pk")
    ledger = apps.get_model("opportunities", "LedgerEntry").objects
    number, previous, seen_from, rows = 0, BEGINNING, {}, []
    for found in disclosures.iterator():
        before, moment = seen_from.get(found.opportunity_id), found.disclosed_from
        told = LedgerKind.DISCLOSED if before is None else LedgerKind.CORRECTED
        entry = Entry(
            kind=str(LedgerKind.WITHDRAWN if moment is None else told),
            at=found.decided_at,
            by=found.decided_by_id,
            opportunity=found.opportunity_id,
            rule={},
            visible_from=moment,
            details={"carried_over": True},
        )
        number += 1
        sealed = seal(entry, number=number, previous=previous)
        rows.append(
            ledger.model(
                number=number,
                previous=previous,
                seal=sealed,
                kind=entry.kind,
                at=entry.at,
                by_id=entry.by,
                opportunity_id=entry.opportunity,
                rule=entry.rule,
                visible_from=entry.visible_from,
                details=entry.details,
            )
        )
        previous, seen_from[found.opportunity_id] = sealed, moment
    ledger.bulk_create(rows, batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_departure"),
        ("opportunities", "0008_project_slippage"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("previous", models.CharField(max_length=64)),
                ("seal", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(max_length=30)),
                ("at", models.DateTimeField()),
                ("rule", models.JSONField(null=True)),
                ("visible_from", models.DateTimeField(null=True)),
                ("because", models.TextField(blank=True)),
                ("details", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="opportunities.opportunity",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="opportunities.project",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.company",
                    ),
                ),
            ],
            options={"verbose_name_plural": "ledger entries", "ordering": ["number"]},
        ),
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
