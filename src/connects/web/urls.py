"""The addresses of the members' pages."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path, register_converter

from connects.web.converters import PublicId
from connects.web.forms.people import SignInForm
from connects.web.views import (
    announcements,
    billing,
    checkout,
    clouds,
    entry,
    invitations,
    keys,
    membership,
    notices,
    plans,
    posts,
    proposal,
    roots,
    searches,
    team,
    webhooks,
    work,
)

register_converter(PublicId, "public")

sign_in = LoginView.as_view(template_name="web/sign_in.html", authentication_form=SignInForm)

urlpatterns = [
    path("", entry.home, name="home"),
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("sign-up/", entry.sign_up, name="sign-up"),
    path("account/", entry.choose_account, name="choose-account"),
    path("account/keys/", keys.overview, name="api-keys"),
    path("rules/", entry.rules, name="rules"),
    path("announcements/", announcements.overview, name="announcements"),
    path("announcements/<slug:slug>/", announcements.announcement, name="announcement"),
    path("roots/", roots.published, name="roots"),
    path("roots.json", roots.published_json, name="roots-json"),
    path("work/", work.find, name="find-work"),
    path("work/searches/", searches.keep, name="keep-search"),
    path("work/searches/<int:number>/forget/", searches.forget, name="forget-search"),
    path("work/<public:public_id>/", work.job, name="job"),
    path("work/<public:public_id>/propose/", work.propose, name="propose"),
    path("proposals/", work.own_proposals, name="proposals"),
    path("work/<public:public_id>/flag/", invitations.flag_post, name="flag"),
    path("proposals/<public:public_id>/", proposal.proposal, name="proposal"),
    path("invitations/", invitations.inbox, name="invitations"),
    path("invitations/<public:public_id>/decline/", invitations.decline, name="decline-invitation"),
    path("team/", team.overview, name="team"),
    path("membership/limit/", team.spending_limit, name="spending-limit"),
    path("membership/statement/", team.statement, name="statement"),
    path("membership/statement.pdf", team.statement_pdf, name="statement-pdf"),
    path("posts/<public:public_id>/invite/", invitations.send, name="invite"),
    path("membership/", membership.overview, name="membership"),
    path("membership/history.csv", membership.history_csv, name="history-csv"),
    path("membership/proof.json", roots.proof, name="proof"),
    path("membership/buy/", checkout.buy, name="buy"),
    path("membership/buy/<int:credits>/", checkout.checkout, name="checkout"),
    path("membership/billing/", billing.overview, name="billing"),
    path("membership/billing/back/", billing.back, name="billing-back"),
    path("membership/receipts/", billing.receipts, name="receipts"),
    path("membership/receipts/<slug:series>/<int:number>.pdf", billing.receipt_pdf, name="receipt"),
    path("payments/<slug:noun>/<public:public_id>/", checkout.payment, name="payment"),
    path("payments/<slug:noun>/<public:public_id>/back/", checkout.back, name="payment-back"),
    path("payments/<slug:noun>/<public:public_id>/give-up/", checkout.give_up, name="give-up"),
    path("webhooks/<slug:provider>/", webhooks.webhook, name="webhook"),
    path("membership/plan/", plans.choose, name="plans"),
    path("membership/plan/<slug:name>/", plans.change, name="plan-change"),
    path("membership/pay-again/", plans.pay_again, name="pay-again"),
    path("membership/earnings/", membership.earnings, name="earnings"),
    path("membership/promo/", plans.promo, name="promo"),
    path("membership/rules-read/", plans.move_read, name="move-read"),
    path("posts/", posts.posts, name="posts"),
    path("posts/new/", posts.new, name="post-new"),
    path("posts/clouds/", clouds.overview, name="clouds"),
    path("posts/<public:public_id>/", posts.post, name="post"),
    path("posts/<public:public_id>/edit/", posts.edit, name="post-edit"),
    path("posts/<public:public_id>/close/", posts.close, name="post-close"),
    path("notices/", notices.notices, name="notices"),
    path("notices/preferences/", notices.preferences, name="notice-preferences"),
]
