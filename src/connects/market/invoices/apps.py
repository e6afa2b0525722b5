from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    name = "connects.market.invoices"
    label = "invoices"
