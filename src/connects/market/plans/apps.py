from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "connects.market.plans"
    label = "plans"
