"""Tabs of the inbox: each notice stands in one, and who never gets any of them has no such tab."""

import pytest

from connects.statements.notices.table import NOTICE_KINDS
from connects.statements.notices.tabs import TABS, tabs_of
from connects.vocabulary.parties import AccountKind


def test_each_kind_of_notice_stands_in_one_tab() -> None:
    in_tabs = [code for tab in TABS for code in tab.codes]

    assert sorted(in_tabs) == sorted(NOTICE_KINDS)


@pytest.mark.parametrize(
    ("kind", "tabs"),
    [
        (AccountKind.FREELANCER, ["work", "connects", "rules"]),
        (AccountKind.AGENCY, ["work", "connects", "rules"]),
        (AccountKind.CLIENT, ["work", "rules"]),
    ],
)
def test_tabs_are_those_of_what_an_account_can_hear(kind: AccountKind, tabs: list[str]) -> None:
    assert [tab.name for tab in tabs_of(kind)] == tabs


def test_a_job_that_waits_for_its_client_is_work_and_an_expiry_is_about_connects() -> None:
    work, connects, _ = TABS

    assert {"post-waiting", "message", "search-found"} <= work.codes
    assert {"connects-expiring", "payment-received", "connects-returned"} <= connects.codes
