"""The site's own addresses, and the echo as one more operation of its API."""

from bench.service.echo import router
from connects.api import routers

vars(routers)["ROUTERS"] = (*routers.ROUTERS, router)  # before the API is made of them

from connects.project.urls import urlpatterns  # noqa: E402

__all__ = ["urlpatterns"]
