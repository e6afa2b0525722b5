from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "connects.market.moderation"
    label = "moderation"
