"""What people follow, their saved searches, and topics for everyone can be subscribed to."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def tell_of_what_is_followed(apps, schema_editor):
    """Whoever gets mail about a profile heard of what its company follows, and goes on doing so."""
    subscription = apps.get_model("matching", "Subscription")
    running = subscription.objects.filter(ended_at=None).order_by(
        "recipient", "profile__company", F("weekday").asc(nulls_first=True)
    )
    subscription.objects.bulk_create(
        subscription(
            recipient_id=each.recipient_id,
            kind="follows",
            company_id=each.profile.company_id,
            weekday=each.weekday,
            created_at=each.created_at,
            decided_on=each.decided_on,
        )
        for each in running.distinct("recipient", "profile__company").select_related("profile")
    )
    # At once: indexes can't be made while rows of their table are still to be checked.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_departure'),
        ('matching', '0023_covering_indexes'),
        ('opportunities', '0010_buyers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='digestrun',
            name='hour',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='subscription',
            name='company',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.company'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='is_immediate',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='subscription',
            name='kind',
            field=models.CharField(choices=[('profile', 'Profile'), ('follows', 'Follows'), ('search', 'Search'), ('topics', 'Topics')], default='profile', max_length=10),
        ),
        migrations.AddField(
            model_name='subscription',
            name='query',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='subscription',
            name='saved_search',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='matching.savedsearch'),
        ),
        migrations.AlterField(
            model_name='digestrun',
            name='period',
            field=models.DateField(),
        ),
        migrations.AlterField(
            model_name='subscription',
            name='profile',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='matching.capabilityprofile'),
        ),
        migrations.AddConstraint(
            model_name='digestrun',
            constraint=models.UniqueConstraint(fields=('period', 'hour'), name='digest_run_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(fields=('recipient', 'company'), name='subscription_to_follows_once'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(fields=('recipient', 'saved_search'), name='subscription_to_search_once'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'topics')), fields=('recipient', 'query'), name='subscription_to_topics_once'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('company', None), ('kind', 'profile'), ('profile__isnull', False), ('saved_search', None)), models.Q(('company__isnull', False), ('kind', 'follows'), ('profile', None), ('saved_search', None)), models.Q(('company', None), ('kind', 'search'), ('profile', None), ('saved_search__isnull', False)), models.Q(('company', None), ('kind', 'topics'), ('profile', None), ('saved_search', None)), _connector='OR'), name='subscription_is_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('is_immediate', False), ('weekday', None), _connector='OR'), name='subscription_has_one_rhythm'),
        ),
        migrations.AddField(
            model_name='mute',
            name='opportunity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='opportunities.opportunity'),
        ),
        migrations.AddField(
            model_name='mute',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mutes', to='matching.recipient'),
        ),
        migrations.AddConstraint(
            model_name='mute',
            constraint=models.UniqueConstraint(fields=('recipient', 'opportunity'), name='mute_once'),
        ),
        migrations.RunPython(tell_of_what_is_followed, migrations.RunPython.noop),
    ]
