"""The echo in a django-ninja of its own, with nothing around it."""

from django.urls import path
from ninja import NinjaAPI

from bench.service.echo import router

api = NinjaAPI(urls_namespace="bare")
api.add_router("", router)
urlpatterns = [path("api/v1/", api.urls)]
