from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "connects.market.keys"
    label = "keys"
