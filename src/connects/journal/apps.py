from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Its own two tables are made by a migration and reached by plain SQL; only proof has models."""

    name = "connects.journal"
    label = "journal"
