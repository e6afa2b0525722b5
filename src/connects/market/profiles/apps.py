from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "connects.market.profiles"
    label = "profiles"
