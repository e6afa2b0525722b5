from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "connects.market.people"
    label = "people"
