"""Django with django-ninja and nothing else: what the site's own stack is measured against."""

from connects.project.settings import *  # noqa: F403 the database and the server are the same

INSTALLED_APPS = ["ninja"]
MIDDLEWARE = []
ROOT_URLCONF = "bench.service.bare_urls"
