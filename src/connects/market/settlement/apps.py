from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "connects.market.settlement"
    label = "settlement"
