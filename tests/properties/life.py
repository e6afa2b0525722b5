"""One member's life, played by the verbs of stories, and what must be true after each step of it."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from beancount import loader
from django.db import transaction
from django.db.models import Sum

from connects.acts.staff import grant_courtesy, take_back_grant
from connects.acts.staff.end_membership import end_membership
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.due.sources import SOURCES
from connects.journal.proof.verify import verify
from connects.ledger.entries import EntryKind
from connects.market.books.export import write_beancount
from connects.market.grants.models import PromoCode
from connects.market.members import editions
from connects.market.members.selectors import rule_book_of
from connects.market.payments.models import Payable
from connects.market.people.models import Account
from connects.market.plans.models import PlanPayment, Subscription
from connects.market.purchases.models import Purchase
from connects.scenarios.plays import PLAY
from connects.scenarios.stage import Stage, UnknownNameError
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.properties.steps import EURO, EURO_TEXT, Step

START = datetime(2026, 1, 31, 12, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Life:
    """Ana's life, with a client to propose to."""

    def __init__(
        self, book: str, kind: AccountKind, country: str, behaviours: dict[str, Any]
    ) -> None:
        editions.offer(EURO, EURO_TEXT)
        self.now, self.number, self.told = START, 0, [f"policy = {book!r}"]
        self.stage = Stage(book, behaviours)
        self.has_left = False
        with held_at(self.now):
            self._play("tax", country="DE", percent=19)
            self._play("register", account="ana", kind=kind.value, country=country)
            self._play("register", account="acme", kind="client")
        self.ana = self.stage.account("ana")

    def take(self, step: Step) -> None:
        """Let one thing happen; what must be true of any moment is true after it."""
        self.number += 1
        verb, keys = step
        lines, taken = journal().store.count_entries(), self._taken()
        before = journal().wallet(self.ana.pk)
        if verb in ("wait", "wait_for"):
            self._wait(verb, keys)
            answer = None
        else:
            with held_at(self.now):
                answer = self._act(verb, keys)
        if isinstance(answer, Refused):
            assert journal().store.count_entries() == lines, f"{answer} changed something"
        self._check_money(verb, answer, taken)
        wallet = journal().wallet(self.ana.pk)
        if verb == "enrol" and not isinstance(answer, Refused):
            assert wallet.balance - wallet.debt >= before.balance - before.debt, "a move took some"

    def end(self, books: Path) -> None:
        """What must be true of a life that was lived to here."""
        run(self.now)
        assert [proof for proof in verify(journal()) if proof.breaches] == []
        assert all(source.next_due(self.now) is None for source in SOURCES.values())
        held = Subscription.objects.get(account=self.ana)
        assert held.renews > self.now or held.next_try is not None or held.frozen is not None
        assert held.cycle_start <= self.now
        assert Account.objects.count() == 2
        self._check_debts()
        with books.open("w") as out:
            off = write_beancount(out, None, None, self.now.date())
        errors = loader.load_file(str(books))[1]
        assert [error.message for error in errors] == []
        assert off == {}

    def _check_debts(self) -> None:
        """What arrives pays debt first, and nobody holds any of that for which they owe."""
        debt, left = 0, Counter[int]()
        for record in journal().records(self.ana.pk):
            entry = record.entry
            debt += entry.debt_change
            if entry.lot is not None:
                left[entry.number] += entry.lot.credits
            for draw in entry.draws:
                left[draw.lot] += draw.credits
            if entry.credits > 0:
                assert debt == 0, "something arrived while something was owed"
            if entry.kind is EntryKind.REVERSE and entry.debt_change:
                held = [draw.lot for draw in entry.draws if left[draw.lot]]
                assert not held, "something is owed that is held"

    def _check_money(self, verb: str, answer: object, taken: dict[type[Payable], int]) -> None:
        """Who is suspended, or has left, is not charged for it."""
        suspended, gained = self.stage.account("ana").suspended, self._taken()
        if suspended and verb != "suspend":
            assert gained[Purchase] <= taken[Purchase] or verb in _COMES_AGAIN, (
                "charged a suspended"
            )
            assert gained[PlanPayment] <= taken[PlanPayment] or verb in _COMES_AGAIN
        if self.has_left and verb in ("wait", "wait_for"):
            assert gained[PlanPayment] <= taken[PlanPayment], "charged who had left"
        if verb == "cancel" and not isinstance(answer, Refused):
            self.has_left = True
        if verb in ("subscribe", "revive") and not isinstance(answer, Refused):
            self.has_left = False

    def _taken(self) -> dict[type[Payable], int]:
        """What was taken for memberships and purchases, less what went back."""
        sums: dict[type[Payable], int] = {}
        for kind in (PlanPayment, Purchase):
            both = kind.objects.filter(account=self.ana).aggregate(
                came=Sum("received_cents", default=0), went=Sum("returned_cents", default=0)
            )
            sums[kind] = both["came"] - both["went"]
        return sums

    def _wait(self, verb: str, keys: Mapping[str, Any]) -> None:
        until = self.now
        if verb == "wait":
            until += timedelta(minutes=keys["minutes"])
        else:
            until = max(self._next(keys["what"]) + keys["beyond"] * MICROSECOND, self.now)
        self.told.append(f"at = {until.isoformat()}")
        self.now = until
        run(until)

    def _next(self, what: str) -> datetime:
        if what == "renewal":
            return Subscription.objects.get(account=self.ana).renews
        ends = [lot.expires for lot in journal().wallet(self.ana.pk).lots if lot.expires]
        return min(ends, default=self.now)

    def _act(self, verb: str, keys: Mapping[str, Any]) -> object:
        match verb:
            case "propose":
                return self._propose(**keys)
            case "grant":
                return self._grant(**keys)
            case "grant_later":
                return self._grant_later(**keys)
            case "promo":
                made = PromoCode.objects.filter(code=keys["code"]).exists()
                return self._play(verb, account="ana", **keys, **({} if made else {"connects": 15}))
            case "write_off":
                return self._write_off(**keys)
            case "end_with_money_back":
                self.told.append("# the membership ends at once, with money back")
                return end_membership(self.ana, None, "a complaint", money_back=True)
            case _:
                return self._play(verb, **self._named(verb, keys))

    def _named(self, verb: str, keys: Mapping[str, Any]) -> dict[str, Any]:
        """The step's keys, with names in place of numbers."""
        named = {name: value for name, value in keys.items() if value is not None}
        if "payment" in named:
            named["purchase"] = self._payment(named.pop("payment"), verb)
            part = named.pop("part", None)
            if part is not None:
                row = self.stage.purchases[named["purchase"]]
                named["amount"] = (row.total_cents * part / 100).quantize(part.__class__("0.01"))
            return named
        if "job" in named:
            names = list(self.stage.jobs)
            if not names:
                raise UnknownNameError("no job yet")
            named["job"] = names[-1 - named["job"] % len(names)]
            if verb in ("close", "remove", "reopen", "edit"):
                return named
        book = rule_book_of(self.ana, self.now)
        if "plan" in named:
            named["plan"] = book.plans[named["plan"] % len(book.plans)].name
        if "bundle" in named:
            bundles = [bundle.connects for bundle in book.bundles.offers] or [10]
            named["bundle"] = bundles[named["bundle"] % len(bundles)]
        return {"account": "ana", **named}

    def _payment(self, place: int, verb: str) -> str:
        """The name of the payment at that place, from the newest one."""
        rows = [
            row
            for kind in (Purchase, PlanPayment)
            for row in kind.objects.filter(account=self.ana).order_by("id")
            if verb == "refund" or row.provider == "test"
        ]
        if not rows:
            raise UnknownNameError("no payment yet")
        row = sorted(rows, key=lambda row: (row.ordered, row.pk), reverse=True)[place % len(rows)]
        self.stage.purchases[row.reference] = row
        return row.reference

    def _propose(self, budget: int, times: int = 1) -> object:
        answer: object = None
        for each in range(times):
            name = f"job {self.number}.{each}"
            self._play("post", job=name, client="acme", kind="fixed", budget=budget)
            if name in self.stage.jobs:
                answer = self._play("propose", job=name, account="ana", key=name)
        return answer if times == 1 else None

    def _grant(self, credits: int, days: int | None) -> object:
        keys = {} if days is None else {"expires": self.now + timedelta(days=days)}
        return self._play("grant", account="ana", reason="a gift", credits=credits, **keys)

    def _grant_later(self, credits: int, hours: int, days: int | None) -> object:
        starts = self.now + timedelta(hours=hours)
        expires = None if days is None else starts + timedelta(days=days)
        self.told.append(f"# grant {credits} from {starts} to {expires}")
        return grant_courtesy.grant(
            self.ana, credits, "a gift", None, f"later-{self.number}", expires, starts=starts
        )

    def _write_off(self, part: int) -> object:
        debt, staff = journal().wallet(self.ana.pk).debt, self.stage.staff(Role.SUPPORT)
        self.told.append(f"# write off {debt // part}")
        return take_back_grant.write_off(
            self.ana, debt // part, "let go", staff, f"off-{self.number}"
        )

    def _play(self, verb: str, **keys: Any) -> object:
        self.told.append(f"{verb} = {keys}")
        with transaction.atomic():
            answer = PLAY[verb](self.stage, self.number, keys)
        if isinstance(answer, Refused):
            self.told.append(f"  # {answer.code} {dict(answer.parameters)}")
        return answer


_COMES_AGAIN = frozenset({"dispute_won", "refund_fails"})
"""By these, money that was taken before is here again."""
