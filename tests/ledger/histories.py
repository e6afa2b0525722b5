"""Random histories of one wallet, for the tests that hold of all of them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from connects.ledger.commands import (
    Capture,
    Command,
    Expire,
    Forfeit,
    Issue,
    Reinstate,
    Return,
    Reverse,
    Spend,
    Void,
    WriteOff,
)
from connects.ledger.decide import Past, decide
from connects.ledger.entries import SPENDING, Booked, Entry, EntryKind
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

    def frame(self) -> dict[str, object]:
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
            **self.frame(),  # type: ignore[arg-type]
            kind=kind,
            credits=credits,
            cost_cents=cost_cents,
            expires=expires,
            balance_limit=limit,
            limit_counts_plan=counts_plan,
        )
        return self.do(command)

    def spend(self, credits: int) -> Booked | Refused:
        return self.do(Spend(**self.frame(), credits=credits))  # type: ignore[arg-type]

    def give_back(self, spend: int, credits: int, already: int = 0) -> Booked | Refused:
        command = Return(
            **self.frame(),  # type: ignore[arg-type]
            spend=spend,
            credits=credits,
            already_returned=already,
            grace=GRACE,
        )
        return self.do(command)

    def hold(self, credits: int) -> Booked | Refused:
        return self.do(Spend(**self.frame(), credits=credits, kind=EntryKind.HOLD))  # type: ignore[arg-type]

    def release(
        self, hold: int, credits: int, *, grace: timedelta | None = None
    ) -> Booked | Refused:
        command = Return(
            **self.frame(),  # type: ignore[arg-type]
            spend=hold,
            credits=credits,
            grace=grace,
            kind=EntryKind.RELEASE,
        )
        return self.do(command)

    def capture(self, hold: int) -> Booked | Refused:
        return self.do(Capture(**self.frame(), hold=hold))  # type: ignore[arg-type]

    def expire(self) -> Booked | Refused:
        return self.do(Expire(**self.frame()))  # type: ignore[arg-type]

    def trim(self, keep: int, *, bought_too: bool) -> Booked | Refused:
        command = Forfeit(**self.frame(), keep=keep, bought_too=bought_too)  # type: ignore[arg-type]
        return self.do(command)

    def reverse(self, lot: int, up_to: int | None = None) -> Booked | Refused:
        return self.do(Reverse(**self.frame(), lot=lot, up_to=up_to))  # type: ignore[arg-type]

    def reinstate(self, reversal: int, lot: int) -> Booked | Refused:
        return self.do(
            Reinstate(**self.frame(), reversal=reversal, lot=lot, grace=GRACE)  # type: ignore[arg-type]
        )

    def void(self, lot: int, credits: int) -> Booked | Refused:
        return self.do(Void(**self.frame(), lot=lot, credits=credits))  # type: ignore[arg-type]

    def write_off(self, credits: int) -> Booked | Refused:
        return self.do(WriteOff(**self.frame(), credits=credits))  # type: ignore[arg-type]

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
    st.tuples(st.just("hold"), st.integers(1, 30)),
    st.tuples(st.just("release"), st.integers(0, 50), st.integers(1, 30), st.booleans()),
    st.tuples(st.just("capture"), st.integers(0, 50)),
    st.tuples(st.just("wait"), st.integers(0, 120)),
    st.tuples(st.just("trim"), st.integers(0, 100), st.booleans()),
    st.tuples(st.just("reverse"), st.integers(0, 50), st.none() | st.integers(0, 60)),
    st.tuples(st.just("reinstate"), st.integers(0, 50)),
    st.tuples(st.just("void"), st.integers(0, 50), st.integers(1, 20)),
    st.tuples(st.just("write off"), st.integers(1, 10)),
)


@st.composite
def histories(draw: st.DrawFn) -> Book:
    """A book after some thirty random steps."""
    book = Book()
    for step in draw(st.lists(STEPS, max_size=30)):
        match step:
            case ("issue", credits, kind, days, cost, limit):
                book.issue(credits, kind, days=days, cost_cents=cost, limit=limit)
            case ("spend", credits):
                book.spend(credits)
            case ("hold", credits):
                book.hold(credits)
            case ("wait", days):
                book.now += timedelta(days=days)
                book.expire()
            case ("trim", keep, bought_too):
                book.trim(keep, bought_too=bought_too)
            case ("write off", credits):
                book.write_off(credits)
            case _:
                _look_back(book, *step)
    return book


def _look_back(book: Book, step: str, which: int, *more: int | None) -> None:
    """A step that is about an earlier line; some are refused, as they should be."""
    spends = [entry.number for entry in book.entries if entry.kind in SPENDING] or [0]
    lots = [entry.number for entry in book.entries if entry.lot] or [0]
    holds = [entry.number for entry in book.entries if entry.kind is EntryKind.HOLD] or [0]
    reversals = [entry for entry in book.entries if entry.kind is EntryKind.REVERSE]
    match step, more:
        case "return", (int(credits),):
            book.give_back(spends[which % len(spends)], credits)
        case "release", (int(credits), with_grace):
            grace = GRACE if with_grace else None
            book.release(holds[which % len(holds)], credits, grace=grace)
        case "capture", ():
            book.capture(holds[which % len(holds)])
        case "reverse", (up_to,):
            book.reverse(lots[which % len(lots)], up_to)
        case "void", (int(credits),):
            book.void(lots[which % len(lots)], credits)
        case "reinstate", () if reversals:
            reversal = reversals[which % len(reversals)]
            book.reinstate(reversal.number, reversal.draws[0].lot)
