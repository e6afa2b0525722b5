"""Every act that changes something, with who hears of it by which notices; or why nobody else does.

One row for each module of `connects.acts`. A walk does the act in a small town and names what each
account must then find in its inbox or its e-mails; what it finds beyond that does no harm.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from connects.acts.accounts import invite_to_team
from connects.acts.accounts.leave_team import leave_team
from connects.acts.accounts.make_api_key import MadeKey, make_key
from connects.acts.accounts.set_member_terms import set_member_terms
from connects.acts.credits import award_badge, redeem_promo
from connects.acts.jobs import end, expire_posts, flag, make_cloud, publish, reopen, take_down
from connects.acts.jobs.alert_of_jobs import choose_alert
from connects.acts.jobs.save_search import save_search
from connects.acts.leaving.close_account import close_account
from connects.acts.memberships import freeze
from connects.acts.money import refund, save_method
from connects.acts.proposals import appeal, client_acts, invite, message, offer, withdraw
from connects.acts.proposals.by_program import send_by_program, withdraw_by_program
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.submit_many import Sent
from connects.acts.purchases import buy, change_plan, top_up
from connects.acts.rules import move_accounts, roll_back
from connects.acts.staff import (
    care_for_payment,
    end_membership,
    grant_courtesy,
    moderate,
    take_back_grant,
)
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import Alert, CloseReason, Cloud, Job, SavedSearch
from connects.market.moderation.models import Appeal, FlagReason
from connects.market.people.models import Account, User
from connects.market.proposals.models import Invitation, Proposal
from connects.market.purchases.models import Purchase
from connects.vocabulary.facts import JobKind
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, Town, posted, proposed, registered, rules_change

Heard = Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class Walk:
    """An act, and the notices that each account, by its handle, must get because of it."""

    name: str
    do: Callable[[Town], object]
    hears: Heard


def done(answer: object) -> object:
    assert not isinstance(answer, Refused), answer
    return answer


def later(days: int) -> datetime:
    """Let so many days pass, with all that falls due in them."""
    until = NOON + timedelta(days=days)
    with held_at(until):
        run(until)
    return until


def staff(role: Role) -> User:
    email = f"{role.value}@staff.example"
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, role.value, None, role.value)


def bea(rules: str | None = None) -> Account:
    return registered("bea", AccountKind.FREELANCER, rules)


def in_team(here: Town) -> None:
    done(invite_to_team.invite_to_team(here.freelancer, here.agency, Role.AGENCY_MEMBER))
    done(invite_to_team.answer_team_invitation(here.agency, here.freelancer, accepts=True))


def opened(here: Town) -> Proposal:
    answer = done(client_acts.open_proposal(here.proposal, here.client))
    assert isinstance(answer, Proposal)
    return answer


def bought(here: Town, credits: int = 20) -> Purchase:
    answer = done(buy.order(here.freelancer, credits, f"buy-{credits}", "test-accepts"))
    assert isinstance(answer, Purchase)
    return answer


def granted(here: Town, credits: int) -> None:
    done(grant_courtesy.grant(here.freelancer, credits, "sorry", None, f"grant-{credits}"))


def invited(here: Town) -> Job:
    job = posted(here.client, "Write a handbook")
    assert isinstance(done(invite.invite_to_job(job, here.freelancer, here.client)), Invitation)
    return job


def spent_to_few(here: Town) -> None:
    for number in range(2):
        proposed(posted(here.client, f"Job {number}"), here.freelancer, f"key-{number}")


def changed(here: Town) -> None:
    fields = JobFields(
        title=here.job.title, kind=JobKind.FIXED, budget_cents=30_00, category="Design"
    )
    done(publish.edit(here.job, fields, here.client))


def appealed(here: Town) -> Appeal:
    client_acts.shortlist(here.proposal, here.client)
    end.close(here.job, here.client, CloseReason.FILLED)
    proposal = Proposal.objects.get(pk=here.proposal.pk)
    row = done(appeal.file_appeal(proposal, here.freelancer, "It was a copy."))
    assert isinstance(row, Appeal)
    return row


def decided(here: Town) -> None:
    row = appealed(here)
    done(appeal.propose_decision(row, staff(Role.MODERATOR), "it was", grants=True))
    done(appeal.decide_appeal(Appeal.objects.get(pk=row.pk), staff(Role.SUPPORT), agrees=True))


def closed_for_silence(here: Town) -> Job:
    client = registered("fair", AccountKind.CLIENT, "fair-2026")
    job = posted(client, "A quiet job")
    proposed(job, bea("fair-2026"))
    later(22)
    job.refresh_from_db()
    assert job.status == "closed", job.status
    return job


def alerted(here: Town) -> None:
    """Ana saved a search, and hears of the job that fits."""
    search = done(save_search(here.freelancer, "Logos", "q=logo"))
    assert isinstance(search, SavedSearch)
    choose_alert(search, Alert.DAILY, NOON)
    with held_at(NOON + timedelta(hours=1)):
        posted(here.client, "A logo for a shop")
    later(1)


def reopened(here: Town) -> None:
    job = closed_for_silence(here)
    with held_at(NOON + timedelta(days=22)):
        done(reopen.reopen(job, job.client))


def unread(here: Town) -> None:
    proposed(here.job, bea("fair-2026"))
    later(15)


def expired_post(here: Town) -> None:
    done(expire_posts.expire(here.job))


def topped_up(here: Town) -> None:
    save_method.set_method(here.freelancer)
    done(top_up.set_top_up(here.freelancer, 20, 20, 6_00))
    later(1)


def ceiling(here: Town) -> None:
    save_method.set_method(here.freelancer)
    done(top_up.set_top_up(here.freelancer, 60, 20, 3_00))
    with held_at(later(1)):
        proposed(posted(here.client, "One more"), here.freelancer, "more")
    later(2)


def failed_top_up(here: Town) -> None:
    save_method.set_method(here.freelancer, declines=True)
    done(top_up.set_top_up(here.freelancer, 20, 20, 6_00))
    later(1)


def renewed_with_a_loss(here: Town) -> None:
    granted(here, 200)
    later(32)


def plus(here: Town, key: str = "plus") -> None:
    save_method.set_method(here.freelancer)
    done(change_plan.subscribe(here.freelancer, "plus", key))


def unpaid_renewal(here: Town) -> None:
    plus(here)
    save_method.set_method(here.freelancer, declines=True)
    later(32)


def lapsed(here: Town) -> None:
    plus(here)
    done(moderate.suspend(here.freelancer, staff(Role.MODERATOR), "a fraud"))
    later(32)


def unknown_payment(here: Town) -> None:
    row = buy.create_order(here.freelancer, 10, "lost", None, NOON)
    assert isinstance(row, Purchase)
    Purchase.objects.filter(pk=row.pk).update(look_again=None)
    done(care_for_payment.mark_not_charged(row, staff(Role.FINANCE), "not in their list", NOON))


def promo(here: Town) -> None:
    terms = redeem_promo.PromoTerms(
        code="SPRING-26",
        connects=10,
        valid_from=NOON - timedelta(days=1),
        valid_until=NOON + timedelta(days=9),
        for_each=1,
    )
    done(redeem_promo.make_promo(terms, staff(Role.OPERATOR)))
    done(redeem_promo.redeem_promo(here.freelancer, "SPRING-26", "k"))


def rolled_back(here: Town) -> None:
    rollout = rules_change(here.operator)
    later(8)
    with held_at(NOON + timedelta(days=8)):
        done(roll_back.roll_back(rollout, here.operator, "confusing"))
    later(8)


def flagged(here: Town) -> None:
    done(flag.flag_job(here.job, here.agency, FlagReason.NOT_SERIOUS))


def _cloud(here: Town) -> None:
    cloud = done(make_cloud.make_cloud("Designers", here.client, [here.freelancer]))
    assert isinstance(cloud, Cloud)
    make_cloud.leave_cloud(cloud, here.freelancer)


def _left(here: Town) -> None:
    in_team(here)
    done(leave_team(here.freelancer, here.agency))


def _removed(here: Town) -> None:
    in_team(here)
    owner = User.objects.get(email="studio@test.example")
    done(leave_team(here.freelancer, here.agency, owner))


def _terms(here: Town) -> None:
    in_team(here)
    done(set_member_terms(here.agency, here.freelancer, 40, may_spend=True))


def _frozen(here: Town) -> None:
    in_team(here)
    done(freeze.freeze(here.agency))
    done(freeze.revive(here.agency))


def _uninvited(here: Town) -> None:
    done(invite_to_team.invite_to_team(here.freelancer, here.agency, Role.AGENCY_MEMBER))
    done(invite_to_team.withdraw_team_invitation(here.agency, here.freelancer))


def _offered(here: Town) -> None:
    done(offer.make_offer(here.proposal, here.client))
    done(offer.answer_offer(here.proposal, here.freelancer, accepts=True))


def _written(here: Town) -> None:
    done(client_acts.message(here.proposal, here.client, "When can you begin?"))
    done(message.answer_client(here.proposal, here.freelancer, "On Monday."))


def _withdrawn(here: Town) -> None:
    done(withdraw.withdraw_proposal(opened(here), here.freelancer))


def _by_program(here: Town) -> None:
    bea = registered("bea", AccountKind.FREELANCER)
    key = make_key(here.user_of(bea), bea, "Bot", ["propose"])
    assert isinstance(key, MadeKey), key
    sent = send_by_program(key.row, here.job, bea, ProposalForm(key="k"))
    assert isinstance(sent, Sent), sent
    done(withdraw_by_program(key.row, sent.proposal))


def _reconsidered(here: Town) -> None:
    done(client_acts.decline(here.proposal, here.client))
    done(client_acts.reconsider(here.proposal, here.client))


def _another_hired(here: Town) -> None:
    other = proposed(here.job, bea())
    done(client_acts.hire(other, here.client))
    done(end.close(here.job, here.client, CloseReason.FILLED))


def _declined_invitation(here: Town) -> None:
    done(invite.decline_invitation(invited(here), here.freelancer))


def _invited_later(here: Town) -> None:
    late = bea("fair-2026")
    proposed(here.job, late)
    done(invite.invite_to_job(here.job, late, here.client))


def refunded(here: Town) -> None:
    done(refund.refund_payment(bought(here), staff(Role.FINANCE), "a mistake"))


def _charged_back(here: Town) -> None:
    row = bought(here)
    spent_to_few(here)
    done(refund.charge_back(row))
    done(refund.win_back(row))


def _ended_early(here: Town) -> None:
    plus(here)
    done(end_membership.end_membership(here.freelancer, staff(Role.SUPPORT), "asked"))


def _taken_back(here: Town) -> None:
    granted(here, 20)
    lot = journal().wallet(here.freelancer.pk).last_entry
    done(take_back_grant.void(here.freelancer, lot, 5, "twice", staff(Role.SUPPORT), "k"))


def _upgraded_with_a_loss(here: Town) -> None:
    granted(here, 248)
    plus(here)


def _suspended(here: Town) -> None:
    done(moderate.suspend(here.freelancer, staff(Role.MODERATOR), "a fraud"))
    done(moderate.reinstate(here.freelancer, staff(Role.MODERATOR), "a mistake"))


def _flags_decided(here: Town) -> None:
    flagged(here)
    done(moderate.dismiss_flags(here.job, staff(Role.MODERATOR), "it is fine"))


def _flags_upheld(here: Town) -> None:
    flagged(here)
    done(moderate.uphold_flags(here.job, staff(Role.MODERATOR), "a copy"))


WALKS = {
    "accounts.invite_to_team": (
        Walk(
            "answered", in_team, {"ana": ["team-invited"], "studio": ["team-invitation-answered"]}
        ),
        Walk("taken back", _uninvited, {"ana": ["team-invitation-withdrawn"]}),
    ),
    "accounts.leave_team": (
        Walk("left", _left, {"studio": ["team-left"]}),
        Walk("removed", _removed, {"ana": ["team-removed"]}),
    ),
    "accounts.set_member_terms": (Walk("terms", _terms, {"ana": ["team-terms"]}),),
    "credits.award_badge": (
        Walk(
            "badge",
            lambda here: done(award_badge.add_badge(here.freelancer, "top-rated")),
            {"ana": ["connects-granted"]},
        ),
    ),
    "credits.redeem_promo": (Walk("promo", promo, {"ana": ["connects-granted"]}),),
    "credits.remind_of_expiry": (
        Walk("soon", lambda here: later(340), {"ana": ["connects-expiring"]}),
    ),
    "credits.tell_of_expiry": (
        Walk("gone", lambda here: later(367), {"ana": ["connects-expired"]}),
    ),
    "credits.return_paid": (
        Walk(
            "closed",
            lambda here: done(end.close(here.job, here.client, CloseReason.NOT_HIRING)),
            {"ana": ["connects-returned", "job-closed"]},
        ),
        Walk(
            "another was hired",
            _another_hired,
            {"ana": ["another-hired", "not-chosen"], "bea": ["hired"]},
        ),
    ),
    "jobs.alert_of_jobs": (
        Walk("a search that found something", alerted, {"ana": {"search-found"}}),
    ),
    "jobs.act_on_silence": (
        Walk("reminded", lambda here: later(15), {"acme": ["post-waiting"]}),
        Walk(
            "closed",
            closed_for_silence,
            {"fair": ["post-closed-for-silence"], "bea": ["connects-returned", "job-closed"]},
        ),
    ),
    "jobs.end": (
        Walk(
            "closed",
            lambda here: done(end.close(here.job, here.client, CloseReason.NOT_HIRING)),
            {"ana": ["connects-returned", "job-closed"]},
        ),
    ),
    "jobs.take_down": (
        Walk(
            "removed",
            lambda here: done(take_down.remove_job(here.job, None, "a copy")),
            {"acme": ["post-removed"], "ana": ["connects-returned", "job-closed"]},
        ),
    ),
    "jobs.reopen": (Walk("reopened", reopened, {"bea": ["job-reopened"]}),),
    "jobs.expire_posts": (
        Walk("expired", expired_post, {"acme": ["post-expired"], "ana": ["job-closed"]}),
    ),
    "jobs.make_cloud": (Walk("cloud", _cloud, {"ana": ["cloud-joined", "cloud-left"]}),),
    "jobs.publish": (Walk("edited", changed, {"ana": ["job-changed"]}),),
    "leaving.close_account": (
        Walk(
            "client",
            lambda here: done(close_account(here.client, None, "asked")),
            {"ana": ["connects-returned", "job-closed"]},
        ),
    ),
    "memberships.freeze": (Walk("frozen", _frozen, {"ana": ["agency-frozen", "agency-revived"]}),),
    "memberships.remind_of_trim": (
        Walk("renewal", renewed_with_a_loss, {"ana": ["connects-not-rolling-over"]}),
    ),
    "money.refund": (
        Walk("refund", refunded, {"ana": ["purchase-reversed"]}),
        Walk("dispute", _charged_back, {"ana": ["purchase-reversed", "dispute-won"]}),
    ),
    "money.settle": (Walk("receipt", bought, {"ana": ["payment-received"]}),),
    "proposals.appeal": (
        Walk("filed", appealed, {"ana": ["appeal-received"]}),
        Walk("decided", decided, {"ana": ["appeal-decided", "connects-returned"]}),
    ),
    "proposals.by_program": (
        Walk("sent and back", _by_program, {"bea": ["program-sent", "program-withdrew"]}),
    ),
    "proposals.client_acts": (
        Walk(
            "shortlisted",
            lambda here: done(client_acts.shortlist(here.proposal, here.client)),
            {"ana": ["shortlisted"]},
        ),
        Walk(
            "hired",
            lambda here: done(client_acts.hire(here.proposal, here.client)),
            {"ana": ["hired"]},
        ),
        Walk("declined and not", _reconsidered, {"ana": ["declined", "reconsidered"]}),
    ),
    "proposals.invite": (
        Walk("invited", invited, {"ana": ["invited"]}),
        Walk("declined", _declined_invitation, {"acme": ["invitation-declined"]}),
        Walk("later", _invited_later, {"bea": ["invited", "connects-returned"]}),
    ),
    "proposals.message": (Walk("both ways", _written, {"ana": ["message"], "acme": ["message"]}),),
    "proposals.offer": (
        Walk("accepted", _offered, {"ana": ["offer"], "acme": ["offer-answered"]}),
    ),
    "proposals.return_unread": (Walk("unread", unread, {"bea": ["connects-returned"]}),),
    "proposals.submit": (Walk("sent", lambda here: None, {"acme": ["proposal-received"]}),),
    "proposals.withdraw": (Walk("read before", _withdrawn, {"acme": ["proposal-withdrawn"]}),),
    "purchases.change_plan": (
        Walk("upgrade", _upgraded_with_a_loss, {"ana": ["plan-begun", "connects-forfeited"]}),
    ),
    "purchases.note_fallen_balance": (Walk("few left", spent_to_few, {"ana": ["balance-low"]}),),
    "purchases.renew": (
        Walk("with a loss", renewed_with_a_loss, {"ana": ["connects-forfeited"]}),
        Walk("unpaid", unpaid_renewal, {"ana": ["membership-ended"]}),
        Walk("suspended", lapsed, {"ana": ["membership-lapsed"]}),
    ),
    "purchases.top_up": (
        Walk("bought", topped_up, {"ana": ["topped-up"]}),
        Walk("ceiling", ceiling, {"ana": ["top-up-ceiling"]}),
        Walk("declined", failed_top_up, {"ana": ["top-up-stopped"]}),
    ),
    "rules.announce_moves": (
        Walk(
            "told", lambda here: (rules_change(here.operator), later(8)), {"ana": ["policy-change"]}
        ),
    ),
    "rules.move_accounts": (
        Walk(
            "now",
            lambda here: done(move_accounts.enrol(here.freelancer, "fair-2026", notice=False)),
            {"ana": ["policy-changed"]},
        ),
    ),
    "rules.roll_back": (Walk("back", rolled_back, {"ana": ["policy-change-cancelled"]}),),
    "staff.care_for_payment": (Walk("dropped", unknown_payment, {"ana": ["payment-not-made"]}),),
    "staff.end_membership": (Walk("ended", _ended_early, {"ana": ["membership-ended-early"]}),),
    "staff.grant_courtesy": (
        Walk("granted", lambda here: granted(here, 5), {"ana": ["connects-granted"]}),
    ),
    "staff.moderate": (
        Walk("suspended", _suspended, {"ana": ["suspended", "reinstated"]}),
        Walk("dismissed", _flags_decided, {"studio": ["flag-decided"]}),
        Walk(
            "upheld",
            _flags_upheld,
            {"studio": ["flag-decided"], "acme": ["post-removed"], "ana": ["connects-returned"]},
        ),
    ),
    "staff.take_back_grant": (Walk("void", _taken_back, {"ana": ["connects-voided"]}),),
}

OWN = "only who does it is concerned, and the page answers them"
PART = "a part of other acts, which are walked"
OF_STAFF = "concerns staff alone, who see it in the console"
ACCESS = "told by an account e-mail, which cannot be switched off"
BEFORE = "whoever is concerned was told before it happens"
READS = "changes nothing"

QUIET = {
    **dict.fromkeys(
        (
            "accounts.choose_language",
            "accounts.edit_profile",
            "jobs.price_ahead",
            "proposals.drafts",
            "proposals.hold",
            "proposals.invite_by_email",
            "accounts.make_api_key",
            "accounts.register",
            "jobs.save_search",
            "leaving.export_data",
            "money.save_method",
            "money.set_billing_details",
            "money.withdraw_earnings",
            "notices.choose_emails",
            "proposals.limit_spending",
            "purchases.buy",
            "jobs.flag",
        ),
        OWN,
    ),
    **dict.fromkeys(
        (
            "credits.deliver_waiting",
            "credits.expire_lots",
            "oversight.together",
            "proposals.gather",
            "proposals.submission",
            "proposals.submit_many",
            "proposals.lock_first",
            "proposals.sender",
            "jobs.keep_skills",
            "deliveries.queue",
            "events.addresses",
            "events.claim_due",
            "events.deliver",
            "events.failures",
            "events.send",
            "events.parcels",
            "events.sign",
            "events.take",
            "events.turns",
            "credits.release_held",
            "events.publish",
            "memberships.cycle_event",
            "credits.reward_interview",
            "credits.tell_of_grant",
            "jobs.flag_suspects",
            "jobs.note_activity",
            "accounts.team",
            "jobs.tell_activity",
            "memberships.hold_rest",
            "memberships.leave",
            "memberships.next_cycle",
            "memberships.make_room",
            "memberships.open_subscription",
            "money.cancel_payment",
            "money.charge_automatically",
            "money.compare_repayments",
            "money.issue_document",
            "money.move_earnings",
            "money.record_cash",
            "money.repay",
            "money.request_payment",
            "money.take_connects_back",
            "notices.email_page",
            "notices.outbox",
            "notices.send_account_emails",
            "notices.send_emails",
            "notices.take_back_unsent",
            "notices.tell_account",
            "proposals.note_interview",
            "proposals.tell",
            "purchases.continue_payments",
            "purchases.deliver",
            "purchases.failed_renewal",
            "oversight.turns",
            "proposals.by_name",
            "purchases.record_external",
            "purchases.reverse_external",
            "purchases.retry_renewal",
            "rules.begin_under",
            "rules.place_newcomer",
            "staff.grant_in_bulk",
            "staff.move_account",
            "staff.start_grant",
            "staff.do_in_bulk",
        ),
        PART,
    ),
    **dict.fromkeys(
        (
            "accounts.make_api_client",
            "accounts.revoke_api_client",
            "jobs.record_demand",
            "jobs.set_demand",
            "money.set_tax",
            "rules.discard_draft",
            "rules.run_lab_jobs",
            "accounts.make_account_token",
            "events.disable_endpoint",
            "events.lanes",
            "events.manage_endpoints",
            "accounts.open_sandbox",
            "oversight.move_clock",
            "intake.come_in",
            "intake.open_accounts",
            "intake.take_back",
            "rules.upload_rule_book",
            "accounts.seal_secrets",
            "accounts.tell_facts",
            "books.close_months",
            "books.count_days",
            "books.reconcile",
            "books.reconcile_day",
            "jobs.measure_demand",
            "oversight.audit",
            "oversight.audited",
            "oversight.count_acts",
            "rules.announce",
            "rules.ask_lab",
            "rules.revise_announcement",
            "rules.plan_rollout",
            "staff.correct",
            "staff.correction_kinds",
            "staff.decide_correction",
            "staff.keep_views",
        ),
        OF_STAFF,
    ),
    **dict.fromkeys(
        (
            "accounts.lock_out",
            "accounts.unlock",
            "accounts.remove_second_factor",
            "accounts.sessions",
            "accounts.sign_up",
            "proposals.invite_by_email",
            "leaving.erase_account",
            "staff.manage_staff",
            "staff.staff_links",
        ),
        ACCESS,
    ),
    **dict.fromkeys(("memberships.drip",), BEFORE),
    **dict.fromkeys(
        (
            "checks.accounts",
            "checks.jobs",
            "checks.memberships",
            "checks.moves",
            "checks.plans",
            "checks.proposals",
            "checks.purchases",
            "checks.refunds",
            "checks.rollouts",
            "checks.teams",
            "credits.forecast_returns",
            "memberships.leaving_offer",
            "proposals.check",
            "proposals.quote",
            "proposals.why_not_sent",
        ),
        READS,
    ),
}
