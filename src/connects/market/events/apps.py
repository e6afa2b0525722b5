from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "connects.market.events"
    label = "events"
