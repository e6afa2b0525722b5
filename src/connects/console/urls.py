"""The addresses of staff's pages."""

from __future__ import annotations

from django.urls import path

from connects.console import (
    account_emails,
    announcements,
    books,
    bulk_grants,
    corrections,
    letters,
    locked,
    moderation,
    payments,
    prices,
    promos,
    rollouts,
    staff,
    views,
    wallets,
)

urlpatterns = [
    path("", views.posts, name="console-posts"),
    path("posts/<public:public_id>/", views.post, name="console-post"),
    path("accounts/", views.accounts, name="console-accounts"),
    path("accounts/<slug:handle>/", views.account, name="console-account"),
    path("accounts/<slug:handle>/wallet/", wallets.wallet, name="console-wallet"),
    path("rollouts/", rollouts.overview, name="console-rollouts"),
    path("rollouts/new/", rollouts.new, name="console-rollout-new"),
    path("rollouts/<public:public_id>/", rollouts.rollout, name="console-rollout"),
    path(
        "rollouts/<public:public_id>/accounts.csv",
        rollouts.accounts_csv,
        name="console-rollout-csv",
    ),
    path("announcements/", announcements.overview, name="console-announcements"),
    path("announcements/<slug:slug>/", announcements.moderate, name="console-announcement"),
    path("corrections/from-a-file/", bulk_grants.bulk_grants, name="console-bulk-grants"),
    path("corrections/", corrections.overview, name="console-corrections"),
    path("corrections/<int:number>/", corrections.correction, name="console-correction"),
    path("promos/", promos.overview, name="console-promos"),
    path("promos/<slug:code>/stop/", promos.stop, name="console-promo-stop"),
    path("flagged/", moderation.flagged, name="console-flagged"),
    path("appeals/", moderation.all_appeals, name="console-appeals"),
    path("appeals/<int:number>/", moderation.appeal, name="console-appeal"),
    path("letters/", letters.overview, name="console-letters"),
    path("letters/<int:number>/", letters.letter, name="console-letter"),
    path("letters/access/", account_emails.overview, name="console-account-emails"),
    path("letters/access/<int:number>/", account_emails.email, name="console-account-email"),
    path("locked/", locked.overview, name="console-locked"),
    path("payments/", payments.overview, name="console-payments"),
    path("payments/<slug:noun>/<public:public_id>/", payments.payment, name="console-payment"),
    path("books/", books.overview, name="console-books"),
    path("books/taxes/", books.taxes, name="console-taxes"),
    path("books/<slug:name>/", books.month, name="console-month"),
    path("fairness/", prices.fairness, name="console-fairness"),
    path("demand/", prices.demand, name="console-demand"),
    path("staff/", staff.overview, name="console-staff"),
    path("audit/", views.audit_lines, name="console-audit"),
]
