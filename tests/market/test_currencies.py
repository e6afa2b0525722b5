"""A wallet has one currency, and everything that is said of its money says it."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest

from connects.acts.money import move_earnings as earnings
from connects.acts.purchases import buy as purchases
from connects.acts.rules import move_accounts
from connects.acts.rules import plan_rollout as rollouts
from connects.billing.port import Charge, DeclineCause, Declined, Payer
from connects.bootstrap.clock import held_at
from connects.market.books.export import write_beancount
from connects.market.earnings.models import EarningsBalance
from connects.market.members import editions
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account, User
from connects.market.purchases.models import Purchase
from connects.market.rollout.models import CohortKind, Move
from connects.policy.parse import RuleBookProblems, parse_rule_book
from connects.policy.shelf import shipped_text
from connects.pricing.quote import price
from connects.statements.price_words import reason_text
from connects.vocabulary.amounts import Money
from connects.vocabulary.facts import JobFacts, JobKind
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


def text_in(currency: str, name: str) -> str:
    """`fair-2026` in another currency."""
    text = shipped_text("fair-2026")
    return text.replace('currency = "USD"', f'currency = "{currency}"').replace(
        'name = "fair-2026"', f'name = "{name}"'
    )


def yen_text() -> str:
    """The same where amounts have no decimals: `"14.99"` becomes `"1499"`."""
    lines = text_in("JPY", "fair-yen").splitlines()
    return "\n".join(
        line if line.lstrip().startswith(("#", "source", "title")) else _without_points(line)
        for line in lines
    )


def _without_points(line: str) -> str:
    parts = line.split('"')
    parts[1::2] = [
        part.replace(".", "") if part.replace(".", "").isdigit() else part for part in parts[1::2]
    ]
    return '"'.join(parts)


@pytest.fixture(autouse=True)
def _books() -> Iterator[None]:
    for text in (text_in("EUR", "fair-eur"), yen_text()):
        book = parse_rule_book(text, "test")
        editions.offer(book, text)
    with held_at(NOON):
        yield
    editions.forget_offers()


def bought(handle: str, rule_book: str) -> Account:
    account = registered(handle, AccountKind.FREELANCER, rule_book)
    assert isinstance(purchases.order(account, 10, f"buy-{handle}"), Purchase)
    return account


def test_a_move_to_another_currency_is_refused_and_nothing_changes() -> None:
    ana = bought("ana", "fair-2026")

    for notice in (True, False):
        refused = move_accounts.enrol(ana, "fair-eur", notice=notice)
        assert isinstance(refused, Refused)
        assert refused.code is RefusalCode.NOT_ALLOWED
        assert refused.parameters["problem"] == "other_currency"

    assert not Move.objects.exists()
    assert rule_book_of(ana, NOON).currency == "USD"


def test_a_rollout_to_another_currency_is_refused() -> None:
    operator = User.objects.create_user("op@test.example", "Op", "a long test password", "operator")
    cohort = rollouts.CohortPlan(kind=CohortKind.SHARE, value="100", effective=NOON + timedelta(30))
    plan = rollouts.RolloutPlan(
        before="fair-2026", after="fair-eur", notice_days=14, cohorts=(cohort,)
    )

    refused = rollouts.draft(plan, operator)

    assert isinstance(refused, Refused)
    assert refused.parameters["problem"] == "other_currency"


def test_earnings_have_the_wallets_currency_and_pay_no_price_in_another() -> None:
    emil = registered("emil", AccountKind.FREELANCER, "fair-eur")
    earnings.credit(emil, 50_00, "week")
    payer = Payer(reference="emil", email="", name="Emil")

    assert EarningsBalance.objects.get(account=emil).currency == "EUR"
    dollars = Charge("c1", "purchase:x", Money(3_00, "USD"), "20 Connects", payer)
    refused = earnings.pay_from_earnings(emil.pk, dollars)
    assert isinstance(refused, Declined)
    assert refused.cause is DeclineCause.OTHER_CURRENCY
    assert EarningsBalance.objects.get(account=emil).cents == 50_00


def test_the_books_balance_per_currency_against_the_rows() -> None:
    for handle, rule_book in (("ana", "fair-2026"), ("emil", "fair-eur"), ("yuki", "fair-yen")):
        earnings.credit(bought(handle, rule_book), 70_00, "week")
    out = StringIO()

    off = write_beancount(out, None, None, NOON.date())

    assert off == {}
    assert "Liabilities:DeferredRevenue  -150 JPY" in out.getvalue()
    assert "Liabilities:DeferredRevenue  -1.50 EUR" in out.getvalue()
    assert "Liabilities:DeferredRevenue  -1.50 USD" in out.getvalue()
    assert "Liabilities:Earnings  -70.00 EUR" in out.getvalue()


def test_a_price_is_explained_in_the_rule_books_currency() -> None:
    facts = JobFacts(kind=JobKind.FIXED, budget_cents=5_000)

    said = {}
    for text in (text_in("EUR", "fair-eur"), yen_text()):
        book = parse_rule_book(text, "test")
        priced = price(facts, book)
        assert not isinstance(priced, Refused)
        said[book.currency] = " ".join(
            reason_text(reason, book.currency) for reason in priced.reasons
        )

    assert "EUR 50 is" in said["EUR"]
    assert "JPY 5,000" in said["JPY"]
    assert "$" not in said["EUR"] + said["JPY"]


def test_a_rule_book_in_yen_has_no_decimals_and_says_so() -> None:
    with pytest.raises(RuleBookProblems) as problems:
        parse_rule_book(text_in("JPY", "fair-yen"), "test")

    assert 'expected an amount of money such as "1499"' in str(problems.value)
