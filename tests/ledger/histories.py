"""Random histories of one wallet, for the tests that hold of all of them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from connects.ledger.commands import Command, Expire, Forfeit, Issue, Return, Reverse, Spend
from connects.ledger.decide import Past, decide
from connects.ledger.entries import SPENDING, Booked, Entry
from connects.ledger.lots import LotKind
from connects.ledger.wallet import Wallet
from connects.vocabulary.refusals import Refused

START = datetime(2019, 5, 20, 9, tzinfo=UTC)
GRACE = timedelta(days=30)


@dataclass
class Book:
    """A wallet with all of its entries: a journal of the smallest kind."""

    wallet: Wallet = field(default_factory=lambda: Wallet(1))
    entries: list[Entry] = field(default_factory=list)
    now: datetime = START

    def do(self, command: Command) -> Booked | Refused:
        past = Past({entry.number: entry for entry in self.entries})
        answer = decide(self.wallet, command, past)
        if isinstance(answer, Booked):
            self.wallet = answer.wallet
            self.entries.extend(answer.entries)
        return answer

    def _frame(self) -> dict[str, object]:
        return {
            "wallet": 1,
            "key": f"key-{len(self.entries)}",
            "reference": "test:1",
            "rule_book": "test@1",
            "effective": self.now,
        }

    def issue(
        self,
        credits: int,
        kind: LotKind = LotKind.SIGNUP,
        *,
        days: int | None = 365,
        cost_cents: int = 0,
        limit: int | None = None,
        counts_plan: bool = True,
    ) -> Booked | Refused:
        expires = None if days is None else self.now + timedelta(days=days)
        command = Issue(
            **self._frame(),  # type: ignore[arg-type]
            kind=kind,
            credits=credits,
            cost_cents=cost_cents,
            expires=expires,
            balance_limit=limit,
            limit_counts_plan=counts_plan,
        )
        return self.do(command)

    def spend(self, credits: int) -> Booked | Refused:
        return self.do(Spend(**self._frame(), credits=credits))  # type: ignore[arg-type]

    def give_back(self, spend: int, credits: int, already: int = 0) -> Booked | Refused:
        command = Return(
            **self._frame(),  # type: ignore[arg-type]
            spend=spend,
            credits=credits,
            already_returned=already,
            grace=GRACE,
        )
        return self.do(command)

    def expire(self) -> Booked | Refused:
        return self.do(Expire(**self._frame()))  # type: ignore[arg-type]

    def trim(self, keep: int, *, bought_too: bool) -> Booked | Refused:
        command = Forfeit(**self._frame(), keep=keep, bought_too=bought_too)  # type: ignore[arg-type]
        return self.do(command)

    def reverse(self, lot: int) -> Booked | Refused:
        return self.do(Reverse(**self._frame(), lot=lot))  # type: ignore[arg-type]

    def held(self) -> list[tuple[str, int]]:
        return [(lot.kind.value, lot.credits) for lot in self.wallet.lots]


STEPS = st.one_of(
    st.tuples(
        st.just("issue"),
        st.integers(1, 80),
        st.sampled_from(LotKind),
        st.one_of(st.none(), st.integers(1, 400)),
        st.integers(0, 2_000),
        st.one_of(st.none(), st.integers(0, 200)),
    ),
    st.tuples(st.just("spend"), st.integers(1, 30)),
    st.tuples(st.just("return"), st.integers(0, 50), st.integers(1, 30)),
    st.tuples(st.just("wait"), st.integers(0, 120)),
    st.tuples(st.just("trim"), st.integers(0, 100), st.booleans()),
    st.tuples(st.just("reverse"), st.integers(0, 50)),
)


@st.composite
def histories(draw: st.DrawFn) -> Book:
    """A book after some thirty random steps."""
    book = Book()
    returned: dict[int, int] = {}
    reversed_lots: set[int] = set()
    for step in draw(st.lists(STEPS, max_size=30)):
        match step:
            case ("issue", credits, kind, days, cost, limit):
                book.issue(credits, kind, days=days, cost_cents=cost, limit=limit)
            case ("spend", credits):
                book.spend(credits)
            case ("return", which, credits):
                _give_some_back(book, returned, which, credits)
            case ("wait", days):
                book.now += timedelta(days=days)
                book.expire()
            case ("trim", keep, bought_too):
                book.trim(keep, bought_too=bought_too)
            case ("reverse", which):
                _reverse_some(book, reversed_lots, which)
    return book


def _give_some_back(book: Book, returned: dict[int, int], which: int, credits: int) -> None:
    spends = [entry for entry in book.entries if entry.kind in SPENDING]
    if spends:
        spent = spends[which % len(spends)]
        already = returned.get(spent.number, 0)
        if isinstance(book.give_back(spent.number, credits, already), Booked):
            returned[spent.number] = already + credits


def _reverse_some(book: Book, reversed_lots: set[int], which: int) -> None:
    issued = [entry.number for entry in book.entries if entry.lot]
    lots = [number for number in issued if number not in reversed_lots]
    if lots:
        book.reverse(lots[which % len(lots)])
        reversed_lots.add(lots[which % len(lots)])
