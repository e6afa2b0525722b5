from django.apps import AppConfig


class RolloutConfig(AppConfig):
    name = "connects.market.rollout"
    label = "rollout"
