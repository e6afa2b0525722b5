from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "connects.console"
    label = "console"
