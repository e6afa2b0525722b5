from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "connects.market.trust"
    label = "trust"
