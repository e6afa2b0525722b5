"""The site as it is, with the echo beside its operations."""

from connects.project.settings import *  # noqa: F403 the site's own settings are the point

ROOT_URLCONF = "bench.service.stack_urls"
