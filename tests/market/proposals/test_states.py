"""Which act is allowed in which state of a proposal, as one table."""

import pytest

from connects.market.proposals.models import Proposal, ProposalStatus
from connects.market.proposals.states import ALLOWED, EARNING, ProposalAct, may, state_problem

STATUS, ACT = ProposalStatus, ProposalAct

BY_CLIENT = (ACT.SHORTLIST, ACT.MESSAGE, ACT.DECLINE, ACT.OFFER, ACT.HIRE)


def proposal(status: ProposalStatus) -> Proposal:
    return Proposal(status=status.value)


def problem(act: ProposalAct, status: ProposalStatus) -> object:
    refused = state_problem(act, proposal(status))
    return None if refused is None else refused.parameters["problem"]


@pytest.mark.parametrize("act", ACT)
def test_every_act_stands_in_the_table_and_is_possible_sometimes(act: ProposalAct) -> None:
    assert ALLOWED[act]


@pytest.mark.parametrize("act", ACT)
def test_nothing_goes_on_with_what_was_withdrawn(act: ProposalAct) -> None:
    assert not may(act, proposal(STATUS.WITHDRAWN))
    assert problem(act, STATUS.WITHDRAWN) == "withdrawn"


@pytest.mark.parametrize("act", BY_CLIENT)
@pytest.mark.parametrize("status", [STATUS.SUBMITTED, STATUS.RETURNED])
def test_a_client_may_do_anything_with_what_waits(act: ProposalAct, status: ProposalStatus) -> None:
    assert may(act, proposal(status))


@pytest.mark.parametrize("act", [ACT.SHORTLIST, ACT.OFFER, ACT.HIRE, ACT.MESSAGE, ACT.DECLINE])
def test_who_was_declined_may_be_thought_of_again(act: ProposalAct) -> None:
    assert may(act, proposal(STATUS.DECLINED))


@pytest.mark.parametrize("act", [ACT.SHORTLIST, ACT.DECLINE, ACT.OFFER, ACT.WITHDRAW])
def test_who_was_hired_stays_so(act: ProposalAct) -> None:
    assert problem(act, STATUS.HIRED) == "hired_already"


@pytest.mark.parametrize("status", [s for s in STATUS if s is not STATUS.OFFERED])
def test_only_an_offer_that_stands_can_be_answered(status: ProposalStatus) -> None:
    expected = "withdrawn" if status is STATUS.WITHDRAWN else "no_offer"

    assert problem(ACT.ANSWER_OFFER, status) == expected
    assert problem(ACT.ANSWER_OFFER, STATUS.OFFERED) is None


@pytest.mark.parametrize("status", [STATUS.OFFERED, STATUS.DECLINED, STATUS.HIRED])
def test_what_the_client_acted_on_is_not_withdrawn_any_more(status: ProposalStatus) -> None:
    assert not may(ACT.WITHDRAW, proposal(status))


@pytest.mark.parametrize("act", ACT)
@pytest.mark.parametrize("status", STATUS)
def test_an_act_is_refused_exactly_where_the_table_does_not_allow_it(
    act: ProposalAct, status: ProposalStatus
) -> None:
    assert (state_problem(act, proposal(status)) is None) == (status in ALLOWED[act])


def test_reading_and_declining_earn_nothing() -> None:
    assert {ACT.SHORTLIST, ACT.MESSAGE, ACT.OFFER, ACT.HIRE} == EARNING
