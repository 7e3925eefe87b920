"""Whom the office had let in may log in as before: their addresses count as confirmed."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def confirm_addresses(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    users = apps.get_model("accounts", "User").objects.filter(emailaddress=None)
    addresses = apps.get_model("account", "EmailAddress")
    addresses.objects.bulk_create(
        addresses(user=user, email=user.email.lower(), verified=True, primary=True) for user in users
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_registration"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(confirm_addresses, migrations.RunPython.noop)]
