from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    name = "connects.market.announcements"
    label = "announcements"
