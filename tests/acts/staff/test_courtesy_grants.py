"""Courtesy grants: alone up to the sums of thirty days, and beyond them with a second person."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from connects.acts.staff import grant_courtesy
from connects.acts.staff.decide_correction import agree_to_correction, decline_correction
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.ledger.entries import EntryKind
from connects.market.corrections.models import Correction, CorrectionState
from connects.market.people.models import Account, User
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    return freelancer("ana")


@pytest.fixture
def sue() -> User:
    return person("sue", Role.SUPPORT)


@pytest.fixture
def sam() -> User:
    return person("sam", Role.SUPPORT)


def freelancer(handle: str) -> Account:
    # These rules have no balance limit, which would cut the grants.
    with held_at(NOON):
        return registered(handle, AccountKind.FREELANCER, "upwork-2023")


def person(name: str, role: Role) -> User:
    return User.objects.create_user(f"{name}@test.example", name.capitalize(), None, role.value)


def granted(
    account: Account,
    credits: int,
    staff: User | None,
    key: str = "first",
    at: datetime = NOON,
    expires: datetime | None = None,
) -> Correction | Refused:
    with held_at(at):
        return grant_courtesy.grant(account, credits, "long wait", staff, key, expires)


def state(answer: Correction | Refused) -> str:
    assert isinstance(answer, Correction), answer
    return answer.state


def problem(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters["problem"]


def brought(account: Account) -> int:
    """What courtesy brought, whatever has expired since."""
    courtesy_lines = journal().totals(account.pk).get(EntryKind.COURTESY)
    return courtesy_lines.credits if courtesy_lines else 0


def acts() -> list[tuple[str, str]]:
    lines = StaffAct.objects.filter(act__contains="grant").order_by("id")
    return [(line.act, line.user.name if line.user else line.role) for line in lines]


def test_a_grant_within_the_sums_is_made_at_once_with_a_line_in_the_audit(
    ana: Account, sue: User
) -> None:
    assert state(granted(ana, 1_000, sue)) == CorrectionState.DONE
    assert brought(ana) == 1_000
    assert acts() == [("grant", "Sue")]


def test_many_small_grants_to_one_account_are_one_large_one_whoever_makes_them(
    ana: Account, sue: User, sam: User
) -> None:
    assert state(granted(ana, 600, sue, "a")) == CorrectionState.DONE
    assert state(granted(ana, 400, sam, "b")) == CorrectionState.DONE
    assert state(granted(ana, 1, sue, "c")) == CorrectionState.PROPOSED
    assert brought(ana) == 1_000


def test_one_person_gives_at_most_five_thousand_in_thirty_days_to_all_accounts(sue: User) -> None:
    for number in range(5):
        account = freelancer(f"member{number}")
        assert state(granted(account, 1_000, sue)) == CorrectionState.DONE
    last = freelancer("last")
    assert state(granted(last, 1, sue)) == CorrectionState.PROPOSED
    assert state(granted(last, 1, person("sam", Role.SUPPORT), "sams")) == CorrectionState.DONE


def test_after_thirty_days_the_sums_begin_anew(ana: Account, sue: User) -> None:
    granted(ana, 1_000, sue)
    just_before = NOON + timedelta(days=30) - timedelta(microseconds=1)
    assert state(granted(ana, 1, sue, "b", just_before)) == CorrectionState.PROPOSED
    assert state(granted(ana, 1, sue, "c", NOON + timedelta(days=30))) == CorrectionState.DONE


def test_the_same_key_again_is_the_same_grant_or_proposal(ana: Account, sue: User) -> None:
    for _ in range(2):
        assert state(granted(ana, 1_000, sue, "a")) == CorrectionState.DONE
        assert state(granted(ana, 500, sue, "b")) == CorrectionState.PROPOSED
    assert problem(granted(ana, 501, sue, "b")) == "idempotency_key_reused"
    assert acts() == [("grant", "Sue"), ("propose-grant", "Sue")]
    assert brought(ana) == 1_000


def test_a_second_person_agrees_and_it_is_done_once(ana: Account, sue: User, sam: User) -> None:
    proposed = granted(ana, 1_200, sue)
    assert isinstance(proposed, Correction)
    assert brought(ana) == 0

    with held_at(NOON + timedelta(days=1)):
        assert state(agree_to_correction(proposed, sam)) == CorrectionState.DONE
        assert state(agree_to_correction(proposed, sam)) == CorrectionState.DONE
        assert (
            problem(agree_to_correction(proposed, person("olga", Role.OPERATOR))) == "wrong_state"
        )
        assert problem(decline_correction(proposed, sam, "no")) == "wrong_state"

    assert brought(ana) == 1_200
    assert acts() == [("propose-grant", "Sue"), ("agree-grant", "Sam")]


def test_nobody_agrees_to_their_own_proposal_but_may_take_it_back(ana: Account, sue: User) -> None:
    proposed = granted(ana, 1_200, sue)
    assert isinstance(proposed, Correction)
    with held_at(NOON):
        assert problem(agree_to_correction(proposed, sue)) == "second_person"
        assert state(decline_correction(proposed, sue, "a slip")) == CorrectionState.DECLINED
        assert problem(agree_to_correction(proposed, person("sam", Role.SUPPORT))) == "wrong_state"
    assert brought(ana) == 0


def test_what_was_declined_brings_nothing_and_counts_for_nothing(
    ana: Account, sue: User, sam: User
) -> None:
    proposed = granted(ana, 1_200, sue, "a")
    assert isinstance(proposed, Correction)
    with held_at(NOON):
        assert problem(decline_correction(proposed, sam, " ")) == "required"
        assert state(decline_correction(proposed, sam, "too much")) == CorrectionState.DECLINED
    assert state(granted(ana, 1_000, sue, "b")) == CorrectionState.DONE
    assert ("decline-grant", "Sam") in acts()


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.FINANCE, Role.POLICY])
def test_who_may_not_grant_may_not_agree_either(ana: Account, sue: User, role: Role) -> None:
    other = person("other", role)
    assert problem(granted(ana, 5, other)) == "staff_role"
    proposed = granted(ana, 1_200, sue)
    assert isinstance(proposed, Correction)
    with held_at(NOON):
        assert problem(agree_to_correction(proposed, other)) == "staff_role"
        assert problem(decline_correction(proposed, other, "no")) == "staff_role"
    assert brought(ana) == 0


def test_a_grant_whose_date_passed_while_it_waited_is_refused_and_waits_on(
    ana: Account, sue: User, sam: User
) -> None:
    proposed = granted(ana, 1_200, sue, expires=NOON + timedelta(hours=1))
    assert isinstance(proposed, Correction)
    with held_at(NOON + timedelta(hours=2)):
        assert problem(agree_to_correction(proposed, sam)) == "in_the_past"
    proposed.refresh_from_db()
    assert proposed.state == CorrectionState.PROPOSED
    assert brought(ana) == 0


@pytest.mark.parametrize(
    ("credits", "said"), [(0, "not_positive"), (-3, "not_positive"), (100_001, "too_large")]
)
def test_a_grant_that_makes_no_sense_is_refused(
    ana: Account, sue: User, credits: int, said: str
) -> None:
    assert problem(granted(ana, credits, sue)) == said
    assert not Correction.objects.exists()


def test_the_marketplace_itself_needs_nobody(ana: Account) -> None:
    assert state(granted(ana, 3_000, None)) == CorrectionState.DONE
    assert brought(ana) == 3_000


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_two_people_grant_in_the_console_and_each_page_says_what_is_so(
    ana: Account, sue: User, sam: User
) -> None:
    form = {"key": "one", "credits": "1200", "reason": "an outage"}
    answer = signed_in(sue).post("/console/accounts/ana/", form, follow=True)
    page = answer.content.decode()
    address = answer.redirect_chain[-1][0]
    assert "a second member of staff has to agree" in page
    assert "Agree: 1200" not in page  # it is her own
    assert signed_in(sue).post(address, {"act": "agree"}).status_code == 409
    assert b"an outage" in signed_in(sam).get("/console/corrections/").content

    page = signed_in(sam).post(address, {"act": "agree"}, follow=True).content.decode()
    assert "Done. It is in the history of Ana." in page
    assert "Agree: 1200" not in page
    assert brought(ana) == 1_200


def test_a_page_of_a_correction_that_is_not_there_is_not_found(sue: User) -> None:
    client = signed_in(sue)
    assert client.get("/console/corrections/1/").status_code == 404
    assert client.post("/console/corrections/1/", {"act": "agree"}).status_code == 404
