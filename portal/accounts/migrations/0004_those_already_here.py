"""Companies that the office had made itself are approved, and whoever came first owns what is said of them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def approve_and_appoint(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    companies = apps.get_model("accounts", "Company").objects.filter(approved_at=None)
    memberships = apps.get_model("accounts", "Membership").objects
    first = memberships.order_by("company", "pk").distinct("company").values("pk")
    memberships.filter(pk__in=list(first.values_list("pk", flat=True))).update(role="owner")
    companies.update(approved_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_approval_and_roles")]

    operations = [migrations.RunPython(approve_and_appoint, migrations.RunPython.noop)]
