from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "connects.market.jobs"
    label = "jobs"
