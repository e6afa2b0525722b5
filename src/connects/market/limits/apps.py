from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "connects.market.limits"
    label = "limits"
