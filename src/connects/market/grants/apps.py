from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "connects.market.grants"
    label = "grants"
