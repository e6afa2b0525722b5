"""All addresses of the site."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    # First what programs call a thousand times a second: the rest is not tried before.
    path("api/", include("connects.api.urls")),
    path("", include("connects.web.urls")),
    path("console/", include("connects.console.urls")),
]

handler429 = "connects.web.errors.too_many"
handler400 = "connects.web.errors.bad_request"
handler403 = "connects.web.wrong_addresses.forbidden"
handler404 = "connects.web.wrong_addresses.not_found"
handler500 = "connects.web.errors.server_error"
