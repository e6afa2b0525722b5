"""A statement on paper lists its month line by line, on numbered pages with their heads."""

from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest

from connects.acts.staff import grant_courtesy
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import post_alone
from connects.ledger.commands import Spend
from connects.market.people.models import Account, User
from connects.vocabulary.parties import AccountKind
from connects.web import statement_pdf
from tests.market.people import posted, proposed, registered
from tests.web.signed_in import browser

pytestmark = pytest.mark.django_db

APRIL = datetime(2026, 4, 10, tzinfo=UTC)
MAY = datetime(2026, 5, 3, 9, 30, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, tzinfo=UTC)


def close(text: str) -> str:
    """Without blanks: every letter is placed by itself, and readers differ on where a word ends."""
    return "".join(text.split())


def pages(account: Account, month: str = "2026-05") -> list[str]:
    """What stands on each page, without blanks."""
    with held_at(JUNE):
        answer = browser(account).get(f"/membership/statement.pdf?month={month}")
    assert answer["Content-Type"] == "application/pdf"
    paper = pypdfium2.PdfDocument(answer.content)
    said = []
    for page in paper:
        text = page.get_textpage()
        said.append(close(str(text.get_text_range())))
        text.close()
        page.close()
    paper.close()
    return said


def busy(kind: AccountKind, lines: int) -> Account:
    """Has 20 Connects and 100 more in April, and spends one in each of so many lines in May."""
    with held_at(APRIL):
        account = registered("ana", kind, "upwork-2019-05")
        grant_courtesy.grant(account, 100, "sorry", None, "k")
    spends = [
        Spend(
            wallet=account.pk,
            key=f"spend-{number}",
            reference=f"proposal:{number}",
            rule_book="upwork-2019-05@1",
            effective=MAY + timedelta(minutes=number),
            credits=1,
        )
        for number in range(lines)
    ]
    post_alone(spends, JUNE)
    return account


@pytest.mark.parametrize(
    ("kind", "before"), [(AccountKind.FREELANCER, 120), (AccountKind.AGENCY, 100)]
)
def test_every_page_has_its_heads_and_number_and_the_balances_join(
    kind: AccountKind, before: int
) -> None:
    said = pages(busy(kind, 90))

    assert len(said) > 2
    for number, page in enumerate(said, 1):
        assert close("When (UTC) What Job Connects Balance") in page
        assert page.endswith(close(f"Page {number} of {len(said)}"))
    assert close(f"1 May 2026, 00:00 Balance before {before}") in said[0]
    assert close(f"3 May 2026, 09:30 Proposal −1 {before - 1}") in said[0]
    assert close(f"The whole month −90 {before - 90}") in said[-1]
    assert sum(page.count("Proposal−1") for page in said) == 90


def test_it_names_the_jobs_and_wraps_a_long_title() -> None:
    title = (
        "A very long title of a job whose client could not decide what to leave out of it at all"
    )
    with held_at(MAY):
        ana = registered("ana", AccountKind.FREELANCER)
        proposed(posted(registered("acme", AccountKind.CLIENT), title), ana)

    (page,) = pages(ana)

    assert close(title) in page


def test_it_speaks_the_readers_language() -> None:
    ana = busy(AccountKind.FREELANCER, 60)
    User.objects.filter(email="ana@test.example").update(language="es")

    said = pages(ana)

    assert close("Cuándo (UTC)") in said[-1]
    assert said[0].endswith(close(f"Página 1 de {len(said)}"))


def test_more_lines_than_are_shown_are_counted_and_summed_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(statement_pdf, "LINES_MOST", 10)
    (page,) = pages(busy(AccountKind.FREELANCER, 25))

    assert close("Below are the first 10 of 25 lines.") in page
    assert close("The whole month −25 95") in page


def test_a_month_without_a_line_keeps_its_balance() -> None:
    (page,) = pages(busy(AccountKind.FREELANCER, 0))

    assert close("Balance before 120 The whole month 0 120 Page 1 of 1") in page
