from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "connects.web"
    label = "web"

    def ready(self) -> None:
        from connects.web.accounts import signals  # its models are loaded by now

        signals.connect()
