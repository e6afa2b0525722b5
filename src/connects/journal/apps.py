from django.apps import AppConfig


class JournalConfig(AppConfig):
    """An app without models: its two tables are made by a migration and reached by plain SQL."""

    name = "connects.journal"
    label = "journal"
