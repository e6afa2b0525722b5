"""The example's settings and commands: a marketplace in Django, beside Connects."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import execute_from_command_line

HERE = Path(__file__).parent

settings.configure(
    SECRET_KEY="for tries alone",
    DEBUG=True,
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF="shop.urls",
    INSTALLED_APPS=["shop"],
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
        }
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ.get("HOST_DATABASE", HERE / "host.sqlite3"),
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
