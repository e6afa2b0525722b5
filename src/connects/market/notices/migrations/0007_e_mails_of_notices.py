"""The model of e-mails about notices has the trade's word for its name; its table keeps the old one."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0006_feed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("Letter", "NoticeEmail"),
                migrations.AlterModelTable("noticeemail", "notices_letter"),
                migrations.AlterField(
                    "noticeemail",
                    "event",
                    models.ForeignKey(
                        on_delete=models.CASCADE,
                        related_name="emails",
                        to="notices.outboxevent",
                    ),
                ),
                migrations.AlterField(
                    "noticeemail",
                    "user",
                    models.ForeignKey(
                        on_delete=models.CASCADE,
                        related_name="emails",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ]
        )
    ]
