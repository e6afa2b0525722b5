from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "connects.market.staff"
    label = "staff"
