from django.apps import AppConfig


class PurchasesConfig(AppConfig):
    name = "connects.market.purchases"
    label = "purchases"
