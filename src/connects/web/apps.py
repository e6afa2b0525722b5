from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "connects.web"
    label = "web"
