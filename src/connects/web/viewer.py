"""The viewer of a page: a person, and the account for which they act."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from connects.acts.accounts.sign_up import is_confirmed
from connects.acts.rules.place_newcomer import default_rule_book
from connects.bootstrap.clock import now as clock_now
from connects.ledger.wallet import Wallet
from connects.market.members.selectors import rule_book_of, terms_of, wallets_of
from connects.market.people.acting_for import CHOSEN_ACCOUNT, ActingFor, accounts_of
from connects.market.people.models import Account, User
from connects.market.people.permissions import is_staff, permissions_of
from connects.market.read_once import reading_once
from connects.policy.terms import RuleBook
from connects.vocabulary.parties import AccountKind, Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person (None: a visitor), the account that they act for now, and what the header shows."""

    user: User | None
    acting: ActingFor | None
    accounts: tuple[ActingFor, ...]
    book: RuleBook
    balance: int | None
    unread: int
    now: datetime
    # What each of the person's accounts holds, by its number, for who chooses between them.
    balances: Mapping[int, int] = field(default_factory=dict)

    @property
    def account(self) -> Account:
        """The account that the person acts for. A page that needs one is not found without."""
        if self.acting is None:
            raise Http404
        return self.acting.account

    @property
    def is_client(self) -> bool:
        return self.acting is not None and self.acting.is_client

    @property
    def holds_wallet(self) -> bool:
        return self.acting is not None and self.acting.holds_wallet

    @property
    def skills(self) -> tuple[str, ...]:
        """What the account that the person acts for tells that it can do."""
        return self.acting.skills if self.acting is not None else ()

    @property
    def own_account(self) -> Account | None:
        """The person's own account as a freelancer, if they have one."""
        own = (each.account for each in self.accounts if each.role is Role.FREELANCER)
        return next(own, None)

    @property
    def acts_for_another(self) -> bool:
        """Whether an agency's Connects would be spent, though the person has some of their own."""
        is_agency = self.acting is not None and self.acting.account.kind == AccountKind.AGENCY
        return is_agency and self.own_account is not None

    @property
    def waits_for_confirmation(self) -> bool:
        """Whether they have signed up and not confirmed their address, so that they have no account."""
        return self.user is not None and not self.accounts and not is_confirmed(self.user)

    @property
    def is_staff(self) -> bool:
        return self.user is not None and is_staff(self.user)

    @property
    def may(self) -> dict[str, bool]:
        """What the person may do as a member of staff, for templates."""
        return permissions_of(self.user) if self.user is not None else {}


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer of a request, with at most four queries."""
    now = clock_now()
    user = request.user if isinstance(request.user, User) else None
    accounts = tuple(accounts_of(user)) if user is not None else ()
    handle = request.session.get(CHOSEN_ACCOUNT) if accounts else None
    chosen = [acting for acting in accounts if acting.account.handle == handle]
    acting = next(iter(chosen or accounts), None)
    if acting is None:
        return Viewer(user, None, (), default_rule_book(now), None, 0, now)
    wallets = wallets_of([each.account.pk for each in accounts if each.holds_wallet])
    balances = {number: _balance(wallet, now) for number, wallet in wallets.items()}
    balance = balances[acting.account.pk] if acting.holds_wallet else None
    if acting.holds_wallet:
        book = terms_of([acting.account], now)[acting.account.pk].party.book
    else:
        book = rule_book_of(acting.account, now)
    return Viewer(user, acting, accounts, book, balance, acting.unread, now, balances)


def _balance(wallet: Wallet, now: datetime) -> int:
    """What can be spent of a wallet."""
    return sum(lot.credits for lot in wallet.lots if lot.live_at(now))


def render_page(
    request: HttpRequest,
    viewer: Viewer,
    template: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page in the common frame."""
    return render(request, template, {"viewer": viewer, **(context or {})}, status=status)


class View(Protocol):
    """A page's function, with the viewer as its second argument."""

    def __call__(
        self, request: HttpRequest, viewer: Viewer, *args: Any, **kwargs: Any
    ) -> HttpResponseBase: ...


class Handler(Protocol):
    """What Django calls."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def for_anyone(view: View) -> Handler:
    """A page for visitors, too."""

    @wraps(view)
    def handler(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with _as_one_read(request):
            return view(request, viewer_of(request), *args, **kwargs)

    return handler


def _as_one_read(request: HttpRequest) -> AbstractContextManager[None]:
    """A page that is only looked at reads the same thing once."""
    return reading_once() if request.method in ("GET", "HEAD") else nullcontext()


def _only(view: View, attribute: str) -> Handler:
    @wraps(view)
    def handler(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        with _as_one_read(request):
            viewer = viewer_of(request)
            if not getattr(viewer, attribute):
                if viewer.waits_for_confirmation:
                    return redirect("unconfirmed")
                raise Http404
            return view(request, viewer, *args, **kwargs)

    return handler


def for_members(view: View) -> Handler:
    """Show a page to people who are signed in with an account."""
    return _only(view, "acting")


def for_freelancers(view: View) -> Handler:
    """A page for freelancers and agencies; for others there is no such page."""
    return _only(view, "holds_wallet")


def for_clients(view: View) -> Handler:
    """A page for clients; for others there is no such page."""
    return _only(view, "is_client")
