"""What is made of codes is said in the reader's language, with its numbers, and by its plural forms."""

from typing import Any

import pytest

from connects.policy.explain import explain
from connects.policy.shelf import shipped
from connects.pricing import reasons
from connects.statements.account_emails import AccountEmailKind, account_email_text
from connects.statements.faq import faq
from connects.statements.history_words import CAME_BACK, ENTRY_KINDS
from connects.statements.notices.groups import GROUPS
from connects.statements.notices.table import notice_link, notice_subject, notice_text
from connects.statements.price_words import reason_text
from connects.statements.problem_words import beside_field, problem_sentence
from connects.statements.refusal_words import refusal_text
from connects.statements.words import instant_text, some_connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Reason, RefusalCode, Refused
from connects.wording.languages import speaking
from tests.statements.test_notices import TOLD
from tests.statements.test_price_words import TOLD as STEPS
from tests.statements.test_reading import FACTS


def in_english() -> dict[str, str]:
    """Everything that is made of codes, by where it comes from."""
    where = {"when": "2026-12-01T00:00:00+00:00", "address": "203.0.113.7"}
    emails = {kind: account_email_text(kind, where) for kind in AccountEmailKind}
    return {
        **{f"notice {i} {code}": notice_text(code, p) for i, (code, p, _) in enumerate(TOLD)},
        **{f"subject {i} {code}": notice_subject(code, p) for i, (code, p, _) in enumerate(TOLD)},
        **{f"problem {p}": problem_sentence({"problem": p, **FACTS}) for p in Problem},
        **{f"field {p}": beside_field(p) for p in Problem},
        **{f"refusal {code}": refusal_text(Refused(code, FACTS)) for code in RefusalCode},
        **{f"step {code}": reason_text(Reason(code, p), "USD") for code, p, _ in STEPS},
        **{f"e-mail {kind}": " ".join(text.lines) for kind, text in emails.items()},
        **{f"subject of {kind}": text.subject for kind, text in emails.items()},
        **{f"line {kind}": words for kind, words in ENTRY_KINDS.items()},
        **{f"came back {code}": words for code, words in CAME_BACK.items()},
        **{f"group {group.name}": group.title for group in GROUPS},
    }


def test_nothing_is_left_in_english() -> None:
    english = in_english()
    with speaking("es"):
        spanish = in_english()

    assert [where for where, said in spanish.items() if said == english[where]] == []
    assert [said for said in spanish.values() if "{" in said or "None" in said] == []


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 Connects"), (1, "1 Connect"), (1_000_000, "1.000.000 Connects")]
)
def test_connects_are_counted(number: int, said: str) -> None:
    with speaking("es"):
        assert some_connects(number) == said


def test_a_notice_counts_says_the_day_and_keeps_what_people_wrote() -> None:
    told: dict[str, Any] = {"connects": 1, "days": 7, "expires": "2026-12-12T00:00:00+00:00"}
    with speaking("es"):
        expiring = notice_text("connects-expiring", told)
        link = notice_link("offer", {"proposal": "proposal:0123", "title": "A shop"})
        offer = notice_text("offer", {"title": "A shop", "client": "Alder Health"})

    assert expiring.startswith("1 de tus Connects caduca en 7 días, el 12 de diciembre de 2026")
    assert offer == "Alder Health te ofrece «A shop». Puedes aceptar o rechazar."
    assert link is not None
    assert link.words == "Responder a la oferta"


def test_an_amount_is_written_as_spanish_writes_it() -> None:
    step = Reason(reasons.VALUE_FROM_BUDGET, {"budget_cents": 2_400_00})
    with speaking("es"):
        assert "2.400" in reason_text(step, "USD")
        assert instant_text("2026-12-12T08:05:00+00:00") == "12 de diciembre de 2026, 08:05 UTC"


def test_rules_and_their_questions_are_told_in_spanish() -> None:
    rules = shipped("fair-2026")
    with speaking("es"):
        told = {question.asked: question.answer for question in faq(rules)}
        titles = [section.title for section in explain(rules)]

    assert told["¿Caducan los Connects?"][0].startswith("Los Connects caducan un año después")
    assert all(asked.startswith("¿") and answer for asked, answer in told.items())
    assert "propuesta" in titles[0]


def test_a_number_longer_than_any_that_fits_is_told_all_the_same() -> None:
    assert some_connects(10**40).count("000") == 13
