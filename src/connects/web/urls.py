"""The addresses of the members' pages."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path, register_converter

from connects.web.converters import PublicId
from connects.web.views import (
    announcements,
    clouds,
    entry,
    invitations,
    membership,
    notices,
    plans,
    posts,
    proposal,
    roots,
    searches,
    team,
    work,
)

register_converter(PublicId, "public")

urlpatterns = [
    path("", entry.home, name="home"),
    path("sign-in/", LoginView.as_view(template_name="web/sign_in.html"), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("sign-up/", entry.sign_up, name="sign-up"),
    path("account/", entry.choose_account, name="choose-account"),
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
    path("membership/buy/", membership.buy, name="buy"),
    path("membership/buy/<int:credits>/", membership.checkout, name="checkout"),
    path("membership/purchases/<public:public_id>/", membership.receipt, name="receipt"),
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
