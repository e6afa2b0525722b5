"""A limit says whose it is, so that people ask whom they have to ask."""

import pytest

from connects.acts.proposals.limit_spending import over_limit
from connects.market.people.models import TeamMembership
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("of_agency", "of_member", "told"), [(None, 3, "member"), (3, None, "agency")]
)
def test_a_member_is_told_whose_limit_it_is(
    of_agency: int | None, of_member: int | None, told: str
) -> None:
    here = town()
    here.agency.spends_most = of_agency
    member = TeamMembership(account=here.freelancer, may_spend=True, spends_most=of_member)

    refused = over_limit(here.agency, member, 5, NOON)

    assert isinstance(refused, Refused)
    assert (refused.parameters["of"], refused.parameters["agency"]) == (told, here.agency.name)


def test_a_freelancers_own_limit_names_no_agency() -> None:
    freelancer = town().freelancer
    freelancer.spends_most = 3

    refused = over_limit(freelancer, None, 5, NOON)

    assert isinstance(refused, Refused)
    assert (refused.parameters["of"], refused.parameters["agency"]) == ("self", None)
