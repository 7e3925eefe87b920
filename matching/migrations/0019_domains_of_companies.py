"""Companies that are here already get the domains that their profiles name: disclosures go by them."""

from django.db import migrations

FILL = """
UPDATE accounts_company SET domains = named.domains
FROM (
    SELECT company_id, array_agg(DISTINCT slug ORDER BY slug) AS domains
    FROM matching_capabilityprofile, unnest(domains) AS slug
    WHERE retired_at IS NULL GROUP BY company_id
) AS named
WHERE named.company_id = accounts_company.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_company_domains_and_region"),
        ("matching", "0018_one_mail_a_person"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
