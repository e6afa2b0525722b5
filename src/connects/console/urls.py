"""The addresses of staff's pages."""

from __future__ import annotations

from django.urls import path

from connects.console import views

urlpatterns = [
    path("", views.posts, name="console-posts"),
    path("posts/<public:public_id>/", views.post, name="console-post"),
    path("accounts/", views.accounts, name="console-accounts"),
    path("accounts/<slug:handle>/", views.account, name="console-account"),
    path("audit/", views.audit_lines, name="console-audit"),
]
