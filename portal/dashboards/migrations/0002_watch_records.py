"""Has the database watch what others rely on. Here, above all apps; a table that is watched later gets a line in
a migration of its own."""

from django.db import migrations

from portal.accounts.auditing import unwatch, watch

WATCHED = {
    "accounts_company": ("name", "organisation_number", "approved_at", "region"),
    "accounts_membership": ("user_id", "company_id", "role"),
    "accounts_user": ("role", "is_active", "is_staff"),
    "ingest_source": ("kind", "name", "address", "publisher", "is_enabled", "poll_every_minutes"),
    "opportunities_city": ("name", "state", "other_names"),
    "opportunities_buyer": ("name", "kind", "city_id", "state", "removed_at"),
    "opportunities_buyeralias": ("name", "buyer_id", "publisher", "removed_at"),
    "matching_capabilityprofile": (
        "name", "language", "summary", "capabilities", "domains", "classification_codes", "references",
        "certifications", "turnover_sek_millions", "employees", "value_from_inr", "value_to_inr", "states",
        "is_joint_venture_willing", "may_lead_joint_venture", "founded_year", "net_worth_sek_millions",
        "indian_presence", "digital_signature", "local_content_percent", "minimum_score", "retired_at",
    ),
    "matching_subscription": (
        "kind", "profile_id", "company_id", "saved_search_id", "query", "ended_at", "weekday",
        "is_immediate", "minimum_score",
    ),
    "matching_webhookendpoint": ("company_id", "address", "ended_at", "disabled_at"),
}


class Migration(migrations.Migration):
    dependencies = [
        ("dashboards", "0001_cases"),
        ("accounts", "0011_record_change"),
        ("ingest", "0010_questions"),
        ("matching", "0025_alerts"),
        ("opportunities", "0014_project_notes"),
    ]

    operations = [
        migrations.RunSQL(watch(table, *columns, forgets=table != "accounts_membership"), unwatch(table))
        for table, columns in WATCHED.items()
    ]
