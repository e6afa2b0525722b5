"""Before staff take something away, a page says from whom and how much; then it is done."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest

from connects.acts.jobs.flag import flag_job
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import change_plan as plans
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.market.jobs.models import Job
from connects.market.moderation.models import Flag, FlagReason
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from connects.market.purchases.models import Purchase
from connects.market.rollout.models import Rollout
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind, Role
from tests.console.desk import Desk, told
from tests.market.people import NOON, Town, posted, proposed, registered, rules_change, town
from tests.web.confirming import shown_in


@pytest.fixture
def here(db: None) -> Iterator[Town]:
    with held_at(NOON):
        yield town()


@dataclass(frozen=True)
class Act:
    """An act of staff: whose, where, by which form; what its check says; its line in the log."""

    role: Role
    address: Callable[[Town], str]
    form: Mapping[str, str]
    says: tuple[str, ...]
    line: str
    before: Callable[[Town], object] = lambda here: None


def _bought(here: Town) -> Purchase:
    found = Purchase.objects.first()
    if found is not None:
        return found
    answer = purchases.order(here.freelancer, 20, "buy", "test-accepts")
    assert isinstance(answer, Purchase), answer
    return answer


def _spent(here: Town) -> None:
    """Of what was bought, some is spent: 36 were held, and 4 of them are left."""
    _bought(here)
    for number in range(8):
        proposed(posted(here.client, f"Job {number}"), here.freelancer, f"key-{number}")


def _rollout(here: Town) -> Rollout:
    return Rollout.objects.first() or rules_change(here.operator)


ACTS = {
    "suspend a client": Act(
        Role.MODERATOR,
        lambda here: "accounts/acme/",
        {"act": "suspend", "reason": "a fraud"},
        ("1 open job of Acme ends", "4 Connects go back to 1 freelancer."),
        "suspend",
    ),
    "suspend a freelancer": Act(
        Role.MODERATOR,
        lambda here: "accounts/ana/",
        {"act": "suspend", "reason": "a fraud"},
        (
            "Ana can no longer propose, buy or be hired",
            "They keep their 16 Connects. 1 proposal that waits for an answer stays with its client.",
        ),
        "suspend",
    ),
    "remove a job": Act(
        Role.MODERATOR,
        lambda here: f"posts/{here.job.public_id}/",
        {"act": "uphold", "reason": "a copy"},
        ("4 Connects go back to 1 freelancer", "1 flag is upheld."),
        "remove-job",
        lambda here: flag_job(here.job, here.agency, FlagReason.NOT_SERIOUS),
    ),
    "refund": Act(
        Role.FINANCE,
        lambda here: f"payments/purchase/{_bought(here).public_id}/",
        {"act": "refund", "reason": "a mistake"},
        (
            "$3.00 goes back, and 20 Connects with it",
            "They will owe, for what was spent",
            "Refund $3.00 and take 20 Connects",
        ),
        "refunded",
        _spent,
    ),
    "end a membership": Act(
        Role.SUPPORT,
        lambda here: "accounts/ana/",
        {"act": "end-membership", "money": "back", "reason": "asked for"},
        ("Plus ends now: $14.99 goes back, and 70 Connects with it",),
        "end-membership",
        lambda here: plans.subscribe(here.freelancer, "plus", "k"),
    ),
    "move": Act(
        Role.POLICY,
        lambda here: "accounts/ana/",
        {"act": "enrol", "policy": "fair-2026", "when": "now"},
        ("Ana keeps all 16 Connects",),
        "enrol",
    ),
    "take Connects back": Act(
        Role.SUPPORT,
        lambda here: "accounts/ana/",
        {"act": "void", "lot": "1", "credits": "6", "reason": "a slip", "key": "k"},
        ("Ana would lose 6 of 16 Connects",),
        "void",
    ),
    "pause": Act(
        Role.POLICY,
        lambda here: f"rollouts/{_rollout(here).public_id}/",
        {"act": "pause"},
        ("4 accounts wait until you resume",),
        "pause-rollout",
    ),
    "roll back": Act(
        Role.POLICY,
        lambda here: f"rollouts/{_rollout(here).public_id}/",
        {"act": "roll-back", "reason": "confusing"},
        ("0 members move back",),
        "roll-back",
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_shown_with_its_numbers_before_it_is_done(name: str, here: Town) -> None:
    act = ACTS[name]
    act.before(here)
    address, desk = act.address(here), Desk(act.role)

    first = desk.send(address, **act.form)
    page = told(first)

    assert first.status_code == 200
    for words in ("Check before you", "Nothing has happened yet.", *act.says):
        assert words in page, page
    assert not StaffAct.objects.filter(act=act.line).exists()
    desk.do(address, **act.form)
    assert StaffAct.objects.filter(act=act.line).exists()


@pytest.mark.parametrize("name", ACTS)
def test_another_confirmation_than_was_shown_does_nothing(name: str, here: Town) -> None:
    act = ACTS[name]
    act.before(here)
    address, desk = act.address(here), Desk(act.role)

    answer = desk.send(address, **act.form, confirmed="0" * 32, sure="1")

    assert answer.status_code == 409
    assert "This has changed since you looked" in told(answer)
    assert not StaffAct.objects.filter(act=act.line).exists()


def test_a_refund_takes_what_its_check_said_and_the_check_takes_nothing(here: Town) -> None:
    _spent(here)
    before = journal().wallet(here.freelancer.pk)
    desk, address = Desk(Role.FINANCE), f"payments/purchase/{_bought(here).public_id}/"

    page = told(desk.send(address, act="refund", amount="1.50", reason="half"))

    assert "$1.50 goes back, and 10 Connects with it" in page
    assert journal().wallet(here.freelancer.pk) == before
    desk.do(address, act="refund", amount="1.50", reason="half")
    after = journal().wallet(here.freelancer.pk)
    assert (before.balance - after.balance) + (after.debt - before.debt) == 10
    assert f'<td class="n">{after.balance}</td>' in page


def test_a_roll_back_moves_back_as_many_as_its_check_said(here: Town) -> None:
    rollout = _rollout(here)
    later = NOON + timedelta(days=21)
    with held_at(later):
        run(later)
        desk = Desk(Role.POLICY)
        address = f"rollouts/{rollout.public_id}/"
        page = told(desk.send(address, act="roll-back", reason="confusing"))

        assert "4 members move back to" in page
        assert "Roll back 4 accounts" in page
        desk.do(address, act="roll-back", reason="confusing")
        assert "4 members move back to" in desk.page(address)


def test_who_proposed_since_is_shown_before_a_job_is_removed(here: Town) -> None:
    desk, address = Desk(Role.MODERATOR), f"posts/{here.job.public_id}/"
    form = {"act": "uphold", "reason": "a copy"}
    shown = shown_in(told(desk.send(address, **form)))
    proposed(here.job, registered("bea", AccountKind.FREELANCER))

    answer = desk.send(address, **form, confirmed=shown, sure="1")

    assert answer.status_code == 409
    assert "8 Connects go back to 2 freelancers" in told(answer)
    assert Job.objects.get(pk=here.job.pk).status == "open"


def test_a_dismissal_is_undone_from_the_message_that_tells_of_it(here: Town) -> None:
    flag_job(here.job, here.agency, FlagReason.NOT_SERIOUS)
    desk, address = Desk(Role.MODERATOR), f"posts/{here.job.public_id}/"
    desk.do(address, act="dismiss", reason="it is fine")
    assert '<input type="hidden" name="act" value="reopen-flags">' in desk.page(address)

    desk.do(address, act="reopen-flags")

    flag = Flag.objects.get()
    assert (flag.state, flag.decided) == ("open", None)
    assert "The flags wait for a decision again." in desk.page(address)


def test_who_may_not_decide_flags_does_not_undo_it_either(here: Town) -> None:
    flag_job(here.job, here.agency, FlagReason.NOT_SERIOUS)
    Desk(Role.MODERATOR).do(f"posts/{here.job.public_id}/", act="dismiss", reason="fine")

    Desk(Role.SUPPORT).refused(f"posts/{here.job.public_id}/", act="reopen-flags")

    assert Flag.objects.get().state == "dismissed"


def test_a_suspended_client_gives_back_what_the_check_said(here: Town) -> None:
    desk = Desk(Role.MODERATOR)
    desk.do("accounts/acme/", act="suspend", reason="a fraud")

    assert "Acme is suspended, and was told." in desk.page("accounts/acme/")
    assert Proposal.objects.get(pk=here.proposal.pk).returned == 4
    assert Account.objects.get(handle="acme").suspended is not None
