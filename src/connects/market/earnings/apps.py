from django.apps import AppConfig


class EarningsConfig(AppConfig):
    name = "connects.market.earnings"
    label = "earnings"
