from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "connects.market.notices"
    label = "notices"
