from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notify", "0001_initial")]

    operations = [
        migrations.AddField(model_name="robot", name="paused_until", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="robot", name="last_sent_at", field=models.DateTimeField(null=True)),
    ]
