"""One search over everything that staff look for: people, jobs, proposals, payments, receipts, codes.

Each kind is searched only for those who may see it, and only where what was typed can be of its kind, so
that no search takes many queries. What is found is named as the activity log names it (`account:ana`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from connects.market.grants.models import PromoCode
from connects.market.invoices.models import Document
from connects.market.jobs.models import Job
from connects.market.jobs.search import with_words
from connects.market.people.models import Account, Membership, User
from connects.market.people.permissions import Act, may
from connects.market.people.search import named
from connects.market.plans.models import PlanPayment
from connects.market.proposals.models import Proposal
from connects.market.public_ids import PUBLIC_ID
from connects.market.purchases.models import Purchase
from connects.market.rollout.models import Rollout
from connects.market.settlement.models import Repayment
from connects.statements.party_words import party_words
from connects.statements.words import some_connects
from connects.vocabulary.typed_input import ROW_NUMBER_MOST, whole_number
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

EACH_MOST = 10
_ID = re.compile(rf"(?:[a-z-]+:)?({PUBLIC_ID})", re.IGNORECASE)
_RECEIPT = re.compile(r"([A-Z0-9-]{1,20})-([0-9]{6,18})", re.IGNORECASE)
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{2,39}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found: its kind in a word, what it is called, and what else tells it apart."""

    kind: str
    subject: str
    words: str
    more: str = ""
    is_exact: bool = False

    @property
    def kind_words(self) -> str:
        return _(self.kind)


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, and what of it can be an id."""

    text: str

    @property
    def id(self) -> str:
        match = _ID.fullmatch(self.text)
        return match[1].lower() if match else ""

    @property
    def has_words(self) -> bool:
        return re.search(r"\w", self.text) is not None

    @property
    def may_be_id(self) -> bool:
        """Whether it can be an id: ours, a host's or a provider's. No id is known without a digit."""
        return bool(self.id) or (" " not in self.text and re.search("[0-9]", self.text) is not None)

    @property
    def receipt(self) -> tuple[str, int] | None:
        """The series and the number, where it is written as those of receipts are."""
        match = _RECEIPT.fullmatch(self.text)
        number = whole_number(match[2], 1, ROW_NUMBER_MOST) if match else None
        return None if match is None or number is None else (match[1].upper(), number)


def search(staff: User, text: str) -> list[Found]:
    """What fits, kind by kind; what is meant exactly comes first in each."""
    typed = _Typed(text.strip())
    if not typed.text:
        return []
    return [found for act, find in _SEARCHED if may(staff, act) for found in find(typed)]


def _accounts(typed: _Typed) -> Iterator[Found]:
    if typed.may_be_id and not typed.id:
        for row in Account.objects.filter(external_id=typed.text):
            yield _account(row, is_exact=True)
    if typed.receipt is None:
        rows = Account.objects.filter(named(typed.text)).order_by("-registered", "-pk")
        for row in rows[:EACH_MOST]:
            yield _account(row, is_exact=typed.text.lower() == row.handle)


def _account(row: Account, *, is_exact: bool) -> Found:
    return Found(mark("Account"), f"account:{row.handle}", row.name, _of_account(row), is_exact)


def _people(typed: _Typed) -> Iterator[Found]:
    if "@" not in typed.text:
        return
    rows = Membership.objects.filter(user__email=typed.text.lower()).select_related("account")
    for row in rows.order_by("pk")[:EACH_MOST]:
        account = row.account
        more = f"{typed.text.lower()}, {_of_account(account)}"
        yield Found(mark("Person"), f"account:{account.handle}", account.name, more, is_exact=True)


def _of_account(row: Account) -> str:
    return ", ".join(filter(None, (party_words(row.kind), row.country, row.handle)))


def _jobs(typed: _Typed) -> Iterator[Found]:
    rows = Job.objects.select_related("client").order_by("-posted", "-pk")
    if typed.may_be_id:
        for row in rows.filter(Q(public_id=typed.id or typed.text) | Q(external_id=typed.text))[:1]:
            yield _job(row, is_exact=True)
            return
    # Text without a word in it fits every job.
    for row in (
        with_words(rows, typed.text)[:EACH_MOST]
        if typed.has_words and typed.receipt is None
        else ()
    ):
        yield _job(row, is_exact=False)


def _job(row: Job, *, is_exact: bool) -> Found:
    state = _(str(row.get_status_display()))
    more = _("{state}, by {client}", state=state, client=row.client.name)
    return Found(mark("Job"), f"job:{row.public_id}", row.title, more, is_exact)


def _proposals(typed: _Typed) -> Iterator[Found]:
    if not typed.may_be_id:
        return
    rows = Proposal.objects.filter(Q(public_id=typed.id or typed.text) | Q(external_id=typed.text))
    for row in rows.select_related("job", "account")[:EACH_MOST]:
        more = _("by {name}, {connects}", name=row.account.name, connects=some_connects(row.paid))
        yield Found(
            mark("Proposal"), f"proposal:{row.public_id}", row.job.title, more, is_exact=True
        )


def _payments(typed: _Typed) -> Iterator[Found]:
    if not typed.may_be_id:
        return
    fits = Q(public_id=typed.id or typed.text) | Q(provider_reference=typed.text)
    for kind in (Purchase, PlanPayment):
        for row in kind.objects.filter(fits).select_related("account")[:EACH_MOST]:
            more = f"{row.total}, {row.account.name}"
            yield Found(mark("Payment"), row.reference, row.description, more, is_exact=True)
    for repayment in Repayment.objects.filter(provider_id=typed.text).select_related("account")[:1]:
        more = f"{repayment.amount}, {repayment.account.name}"
        yield Found(mark("Refund or dispute"), repayment.subject, typed.text, more, is_exact=True)


def _receipts(typed: _Typed) -> Iterator[Found]:
    if typed.receipt is None:
        return
    series, number = typed.receipt
    rows = Document.objects.filter(series=series, number=number)
    for row in rows.select_related("account")[:1]:
        kind = str(row.get_kind_display()).capitalize()
        yield Found(kind, row.subject, row.label, row.account.name, is_exact=True)


def _codes(typed: _Typed) -> Iterator[Found]:
    if _CODE.fullmatch(typed.text) and not typed.id:
        for row in PromoCode.objects.filter(code=typed.text.upper())[:1]:
            more = some_connects(row.connects)
            yield Found(mark("Promo code"), f"promo:{row.code}", row.code, more, is_exact=True)


def _rollouts(typed: _Typed) -> Iterator[Found]:
    if typed.id:
        rows = Rollout.objects.filter(public_id=typed.id).select_related("before", "after")
        for row in rows[:1]:
            words = f"{row.before.name} → {row.after.name}"
            yield Found(mark("Rollout"), f"rollout:{row.public_id}", words, is_exact=True)


_SEARCHED: tuple[tuple[Act, Callable[[_Typed], Iterator[Found]]], ...] = (
    (Act.READ_PEOPLE, _people),
    (Act.READ_ACCOUNTS, _accounts),
    (Act.READ_JOBS, _jobs),
    (Act.READ_PROPOSALS, _proposals),
    (Act.READ_PAYMENTS, _payments),
    (Act.READ_PAYMENTS, _receipts),
    (Act.READ_PROMOS, _codes),
    (Act.READ_ROLLOUTS, _rollouts),
)
