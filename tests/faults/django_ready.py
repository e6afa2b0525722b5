"""Django, ready to be forked from: a poster then begins in some milliseconds and not in a second."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "connects.project.settings"
django.setup()
