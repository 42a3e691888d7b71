import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='EntryTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record_type', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=40)),
                ('day', models.DateField()),
                ('entries', models.IntegerField(default=0)),
                ('corrections', models.IntegerField(default=0)),
                ('counts', models.JSONField(default=list)),
                ('org', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='orgs.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('org', 'record_type', 'key', 'day'), name='one_entry_time')],
            },
        ),
    ]
