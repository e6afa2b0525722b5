from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "connects.market.payments"
    label = "payments"
