
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('about', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=0)),
                ('set_aside_at', models.DateTimeField(null=True)),
                ('assigned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='CaseEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('deed', models.CharField(choices=[('disclosed', 'Disclosed'), ('settled', 'Settled'), ('set_aside', 'Set Aside'), ('merged', 'Merged'), ('kept_apart', 'Kept Apart'), ('answered', 'Answered'), ('approved', 'Approved'), ('refused', 'Refused'), ('accepted', 'Accepted'), ('assigned', 'Assigned'), ('remarked', 'Remarked')], max_length=20)),
                ('title', models.TextField()),
                ('words', models.TextField(blank=True)),
                ('holds_from', models.DateTimeField(null=True)),
                ('way_back', models.BigIntegerField(null=True)),
                ('done_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='dashboards.case')),
                ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'case entries',
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('kind', 'about'), name='case_once_about_each'),
        ),
        migrations.AddIndex(
            model_name='caseentry',
            index=models.Index(fields=['-done_at'], name='case_entry_latest'),
        ),
        migrations.AddConstraint(
            model_name='caseentry',
            constraint=models.UniqueConstraint(fields=('case', 'number'), name='case_entry_number_once'),
        ),
        migrations.AddConstraint(
            model_name='caseentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='case_entry_undone_by_someone_at_a_time'),
        ),
    ]
