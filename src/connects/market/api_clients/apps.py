from django.apps import AppConfig


class ApiClientsConfig(AppConfig):
    name = "connects.market.api_clients"
    label = "api_clients"
