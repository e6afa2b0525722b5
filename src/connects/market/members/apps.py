from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "connects.market.members"
    label = "members"
