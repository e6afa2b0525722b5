"""Before an act that takes something away, its page says what it would do; then it is done."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest

from connects.acts.accounts.team import join_team
from connects.acts.proposals import client_acts
from connects.acts.proposals.limit_spending import set_spending_limit
from connects.acts.rules.move_accounts import enrol
from connects.acts.staff import grant_courtesy
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.market.jobs.models import Job
from connects.market.keys.models import ApiKey
from connects.market.people.models import Account, TeamMembership
from connects.market.plans.models import Subscription
from connects.market.proposals.models import Proposal
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, Town, proposed, registered, town
from tests.web.confirming import confirm, shown_in
from tests.web.signed_in import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def given(account: Account, credits: int) -> None:
    answer = grant_courtesy.grant(account, credits, "sorry", None, f"grant-{credits}")
    assert not isinstance(answer, Refused), answer


@dataclass(frozen=True)
class Act:
    """An act: whose, where, by which form; what its check says; and what is true once it is done."""

    who: Callable[[Town], Account]
    address: Callable[[Town], str]
    form: Mapping[str, str]
    says: tuple[str, ...]
    is_done: Callable[[Town], bool]
    before: Callable[[Town], object] = lambda here: None


def _proposal(here: Town) -> str:
    return f"/proposals/{here.proposal.public_id}/"


def _status(here: Town) -> str:
    return Proposal.objects.get(pk=here.proposal.pk).status


def _key(here: Town) -> None:
    user = here.user_of(here.freelancer)
    ApiKey.objects.create(
        user=user, account=here.freelancer, name="watcher", prefix="p", digest="d", made=NOON
    )


ACTS = {
    "withdraw": Act(
        lambda here: here.freelancer,
        _proposal,
        {"act": "withdraw"},
        ("Nothing comes back: you would lose 4 Connects", "Withdraw and lose 4 Connects"),
        lambda here: _status(here) == "withdrawn",
    ),
    "hire": Act(
        lambda here: here.client,
        _proposal,
        {"act": "hire"},
        ("Check before you hire Ana", "The 4 Connects that Ana paid do not come back"),
        lambda here: _status(here) == "hired",
    ),
    "decline": Act(
        lambda here: here.client,
        _proposal,
        {"act": "decline"},
        ("Check before you tell Ana no", "At most 4 Connects of it can come back"),
        lambda here: _status(here) == "declined",
    ),
    "close": Act(
        lambda here: here.client,
        lambda here: f"/posts/{here.job.public_id}/close/",
        {"reason": "not_hiring"},
        ("4 Connects go back to 1 freelancer", "Close the job and give 4 Connects back"),
        lambda here: Job.objects.get(pk=here.job.pk).status == "closed",
    ),
    "freeze": Act(
        lambda here: here.agency,
        lambda here: "/team/",
        {"act": "freeze"},
        ("1 person can no longer propose for Studio",),
        lambda here: Subscription.objects.get(account=here.agency).frozen is not None,
        lambda here: join_team(here.freelancer, here.agency),
    ),
    "remove a member": Act(
        lambda here: here.agency,
        lambda here: "/team/",
        {"act": "leave", "handle": "ana"},
        ("Ana can no longer spend the Connects of Studio",),
        lambda here: not TeamMembership.objects.filter(left__isnull=True).exists(),
        lambda here: join_team(here.freelancer, here.agency),
    ),
    "upgrade": Act(
        lambda here: here.freelancer,
        lambda here: "/membership/plan/plus/",
        {"key": "k", "pay_with": "test-accepts"},
        ("You would lose 124 of your 264 Connects today", "Upgrade and lose 124 Connects"),
        lambda here: Subscription.objects.get(account=here.freelancer).plan == "plus",
        lambda here: given(here.freelancer, 248),
    ),
    "buy": Act(
        lambda here: here.freelancer,
        lambda here: "/membership/buy/10/",
        {"key": "k", "pay_with": "test-accepts"},
        ("Check before you buy 10 Connects", "Pay $1.50"),
        lambda here: Purchase.objects.filter(status="paid").exists(),
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_shown_with_its_numbers_before_it_is_done(name: str, here: Town) -> None:
    act = ACTS[name]
    act.before(here)
    client, address = browser(act.who(here)), act.address(here)

    first = client.post(address, act.form)
    page = first.content.decode()

    assert first.status_code == 200
    for words in act.says:
        assert words in page, page
    assert "Nothing" in page
    assert not act.is_done(here)
    assert confirm(client, address, act.form).status_code == 302
    assert act.is_done(here)


@pytest.mark.parametrize("name", ACTS)
def test_another_confirmation_than_was_shown_does_nothing(name: str, here: Town) -> None:
    act = ACTS[name]
    act.before(here)
    client, address = browser(act.who(here)), act.address(here)

    answer = client.post(address, {**act.form, "confirmed": "0" * 32, "sure": "1"})

    assert answer.status_code == 409
    assert "This has changed since you looked" in answer.content.decode()
    assert not act.is_done(here)


def test_the_box_that_names_the_loss_must_be_ticked(here: Town) -> None:
    client, address = browser(here.freelancer), _proposal(here)
    shown = shown_in(client.post(address, {"act": "withdraw"}).content.decode())

    answer = client.post(address, {"act": "withdraw", "confirmed": shown})

    assert answer.status_code == 409
    assert "Tick the box" in answer.content.decode()
    assert _status(here) == "submitted"


def test_a_number_that_changed_since_is_shown_again_and_not_acted_upon(here: Town) -> None:
    client, address = browser(here.client), f"/posts/{here.job.public_id}/close/"
    shown = shown_in(client.post(address, {"reason": "not_hiring"}).content.decode())
    proposed(here.job, registered("bea", AccountKind.FREELANCER))

    answer = client.post(address, {"reason": "not_hiring", "confirmed": shown})

    assert answer.status_code == 409
    assert "8 Connects go back to 2 freelancers" in answer.content.decode()
    assert Job.objects.get(pk=here.job.pk).status == "open"


def test_what_the_check_says_comes_back_is_what_comes_back(here: Town) -> None:
    client_acts.shortlist(here.proposal, here.client)
    proposed(here.job, registered("bea", AccountKind.FREELANCER))
    client, address = browser(here.client), f"/posts/{here.job.public_id}/close/"

    page = confirm(client, address, {"reason": "not_hiring"}, follow=True).content.decode()

    returned = sum(Proposal.objects.values_list("returned", flat=True))
    assert f"{returned} Connects go back to 2 freelancers." in page


def test_who_would_lose_connects_is_shown_how_to_lose_fewer_or_none(here: Town) -> None:
    client = browser(here.freelancer)
    assert "How to lose" not in client.get("/membership/plan/plus/").content.decode()
    given(here.freelancer, 248)
    page = client.get("/membership/plan/plus/").content.decode()
    assert "How to lose fewer" in page
    assert "How to lose nothing" not in page

    enrol(here.freelancer, "fair-2026", notice=True)
    page = client.get("/membership/plan/plus/").content.decode()
    assert "Then you move to Fair Connects 2026" in page


def test_what_an_upgrade_lost_is_said_afterwards_with_the_balance(here: Town) -> None:
    given(here.freelancer, 248)
    client = browser(here.freelancer)

    form = {"key": "k", "pay_with": "test-accepts"}
    page = confirm(client, "/membership/plan/plus/", form, follow=True).content.decode()

    assert "You are on Plus. 124 Connects did not roll over. You have 210 Connects." in page
    assert journal().wallet(here.freelancer.pk).balance == 210


def test_a_form_that_was_paid_is_answered_again_without_a_check(here: Town) -> None:
    client, form = browser(here.freelancer), {"key": "k", "pay_with": "test-accepts"}
    confirm(client, "/membership/buy/10/", form)

    assert client.post("/membership/buy/10/", form).status_code == 302
    assert Purchase.objects.count() == 1


def test_a_downgrade_says_what_the_end_of_the_month_takes(here: Town) -> None:
    client = browser(here.freelancer)
    confirm(client, "/membership/plan/plus/", {"key": "k", "pay_with": "test-accepts"})
    given(here.freelancer, 100)
    held = journal().wallet(here.freelancer.pk).balance

    page = client.get("/membership/plan/basic/").content.decode()

    assert f"You would lose {held - 140} of your {held} Connects on 20 June 2019" in page
    done = confirm(client, "/membership/plan/basic/", {"key": "b"}, follow=True).content.decode()
    assert "You change to Basic on 20 June 2019. Until then nothing changes." in done


def test_a_refusal_is_said_before_anything_is_asked(here: Town) -> None:
    client = browser(here.client)
    confirm(client, f"/posts/{here.job.public_id}/close/", {"reason": "not_hiring"})

    answer = browser(here.freelancer).post(_proposal(here), {"act": "withdraw"})

    assert answer.status_code == 409
    assert not shown_in(answer.content.decode())


def test_a_no_can_be_undone_and_its_freelancer_hears_of_it(here: Town) -> None:
    client, address = browser(here.client), _proposal(here)
    page = confirm(client, address, {"act": "decline"}, follow=True).content.decode()
    assert '<button class="second lesser">Undo</button>' in page
    assert '<input type="hidden" name="act" value="reconsider">' in page

    done = client.post(address, {"act": "reconsider"}, follow=True).content.decode()

    assert "Ana waits for your answer again." in done
    assert _status(here) == "submitted"


def test_somebody_who_is_hired_is_not_reconsidered(here: Town) -> None:
    client, address = browser(here.client), _proposal(here)
    confirm(client, address, {"act": "hire"})

    assert client.post(address, {"act": "reconsider"}).status_code == 409
    assert _status(here) == "hired"


def test_a_limit_can_be_set_back(here: Town) -> None:
    set_spending_limit(here.freelancer, 40)
    client = browser(here.freelancer)

    page = client.post("/membership/limit/", {"most": ""}, follow=True).content.decode()

    assert '<input type="hidden" name="most" value="40">' in page


def test_what_comes_back_in_time_is_said_to_come_back(here: Town) -> None:
    with held_at(NOON + timedelta(days=1)):
        bea = registered("bea", AccountKind.FREELANCER, "fair-2026")
        proposal = proposed(here.job, bea)
        page = browser(bea).post(f"/proposals/{proposal.public_id}/", {"act": "withdraw"})
    assert f"You get {proposal.paid} Connect" in page.content.decode()
