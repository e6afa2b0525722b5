"""Registering accounts and the people who act for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from connects.acts.accounts.tell_facts import ToldRecord
from connects.acts.credits.award_badge import add_badge
from connects.acts.memberships.open_subscription import open_subscription
from connects.acts.rules.begin_under import begin_under
from connects.acts.rules.place_newcomer import default_rule_book, place_newcomer
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.market.members.editions import known_book
from connects.market.people.models import Account, Membership, User
from connects.market.public_ids import new_public_id
from connects.movements.party import Party
from connects.movements.register_account import register_account
from connects.policy.terms import RuleBook
from connects.vocabulary.countries import is_country
from connects.vocabulary.names import name_problem
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, invalid, not_allowed

OWNER_ROLES = {
    AccountKind.FREELANCER: Role.FREELANCER,
    AccountKind.AGENCY: Role.AGENCY_OWNER,
    AccountKind.CLIENT: Role.CLIENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A request to register. Without `email`, no person is made who could sign in.

    `rule_book` names the one under which the account begins; by default it is the marketplace's. A
    host that brings its users here says what it calls them (`external_id`), when they registered with
    it, and whether they get what newcomers get.
    """

    name: str
    kind: AccountKind
    handle: str | None = None
    country: str = ""
    email: str | None = None
    password: str | None = None
    rule_book: str | None = None
    payment_verified: bool | None = None
    badges: tuple[str, ...] = ()
    external_id: str | None = None
    registered: datetime | None = None
    with_gifts: bool = True
    record: ToldRecord | None = None


def register(form: Registration, person: User | None = None) -> Account | Refused:
    """Accept a registration: make the account, its wallet, its grants, and the person who acts for it.

    `person` is set if they can sign in already; otherwise one is made from the form's e-mail address.
    Refused with `rule_book_unknown`, or with `invalid` if the handle or e-mail is taken, the name has
    characters that cannot be seen, or there is no such country.
    """
    problem = name_problem(form.name)
    if problem is not None:
        return invalid(problem, field="name")
    if form.country and not is_country(form.country):
        return invalid(Problem.NOT_A_COUNTRY, field="country")
    now = clock_now()
    book = known_book(form.rule_book) if form.rule_book else default_rule_book(now)
    if book is None:
        return Refused(RefusalCode.RULE_BOOK_UNKNOWN, {"name": form.rule_book})
    try:
        with transaction.atomic():
            account = Account.objects.create(
                handle=form.handle or free_handle(form.name),
                name=form.name,
                kind=form.kind.value,
                country=form.country,
                payment_verified=form.payment_verified,
                registered=form.registered or now,
                external_id=form.external_id,
                **({} if form.record is None else form.record.columns()),
            )
            _begin(account, form, book, now)
            if person is None and form.email is not None:
                person = User.objects.create_user(form.email, form.name, form.password)
            if person is not None:
                join(person, account, OWNER_ROLES[form.kind])
            return account
    except IntegrityError:
        return _taken(form)


def _begin(account: Account, form: Registration, book: RuleBook, now: datetime) -> None:
    """The rule book, the wallet, the first billing cycle, and what newcomers are given."""
    edition = begin_under(account, book, now)
    if form.kind.holds_wallet:
        party = Party(account.pk, form.kind, book.default_plan, book)
        register_account(journal(), party, now, with_gifts=form.with_gifts)
        open_subscription(account, book, now)
    for badge in form.badges:
        add_badge(account, badge)
    place_newcomer(account, edition, book.default_plan, now)


def free_handle(name: str) -> str:
    """A handle made of a name, that is not taken yet."""
    return f"{slugify(name)[:40] or 'account'}-{new_public_id()[:6]}"


def _taken(form: Registration) -> Refused:
    if form.email and User.objects.filter(email=form.email.lower()).exists():
        return invalid(Problem.EMAIL_TAKEN, field="email")
    return invalid(Problem.HANDLE_TAKEN, field="handle")


def join(user: User, account: Account, role: Role) -> Membership:
    """Let a person act for an account."""
    return Membership.objects.create(user=user, account=account, role=role.value)


def note_payment_verified(account: Account) -> Account | Refused:
    """Note that a client's payment method is verified; later jobs and interviews count it.

    Refused with `not_allowed` if the account is not a client.
    """
    if account.kind != AccountKind.CLIENT:
        return not_allowed(Problem.CLIENTS_ONLY)
    account.payment_verified = True
    account.save(update_fields=["payment_verified"])
    return account
