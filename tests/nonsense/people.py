"""A marketplace in which every page has something to show, and someone of every kind to look at it."""

from collections.abc import Callable, Mapping
from functools import partial

from django.test import Client

from connects.acts.accounts.make_api_key import MadeKey, make_key
from connects.acts.accounts.register import join
from connects.acts.credits.redeem_promo import PromoTerms, make_promo
from connects.acts.jobs.flag import flag_job
from connects.acts.jobs.make_cloud import make_cloud
from connects.acts.jobs.save_search import save_search
from connects.acts.proposals.appeal import file_appeal
from connects.acts.proposals.client_acts import decline, message
from connects.acts.proposals.invite import invite_to_job
from connects.acts.purchases import buy as purchases
from connects.market.grants.models import PromoCode
from connects.market.invoices.models import Document
from connects.market.jobs.models import SavedSearch
from connects.market.moderation.models import Appeal, FlagReason
from connects.market.people.models import STAFF_ROLES, Account, User
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import AccountKind, Role
from tests.market.people import (
    NOON,
    PASSWORD,
    Town,
    posted,
    proposed,
    registered,
    rules_change,
    town,
)

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Marketplace:
    """The town, with more in it, and its people by what they are."""

    def __init__(self) -> None:
        self.town: Town = town()
        here = self.town
        self.rollout = rules_change(here.operator)
        bought = purchases.order(here.freelancer, 10, "first")
        assert isinstance(bought, Purchase), bought
        self.purchase = bought
        message(here.proposal, here.client, "Hello")
        self._second_job()
        self._kept()
        self.staff = {role: self._staff(role) for role in STAFF_ROLES}
        self.member = User.objects.create_user("mia@test.example", "Mia", PASSWORD)
        join(self.member, here.agency, Role.AGENCY_MEMBER)
        key = make_key(here.user_of(here.client), here.client, "A program")
        assert isinstance(key, MadeKey), key
        self.key = key.secret

    def _staff(self, role: Role) -> User:
        email = f"{role.value}-of-staff@test.example"
        return User.objects.create_user(email, role.value.title(), PASSWORD, role.value)

    def _second_job(self) -> None:
        here = self.town
        other = posted(here.client, "Draw another logo")
        invite_to_job(other, here.agency, here.client)
        ben = registered("ben", AccountKind.FREELANCER)
        declined = proposed(other, ben, "second")
        decline(declined, here.client)
        flag_job(other, ben, FlagReason.OTHER, "Look at this")
        file_appeal(declined, ben, "Why not me?")
        self.other_proposal = declined

    def _kept(self) -> None:
        here = self.town
        make_cloud("Friends", here.client, [here.freelancer])
        save_search(here.freelancer, "Logos", "q=logo")
        terms = PromoTerms(
            code="WELCOME", connects=5, valid_from=NOON, valid_until=NOON.replace(year=2030)
        )
        make_promo(terms, here.operator)

    def samples(self) -> Mapping[str, list[str]]:
        """What the parts of addresses may be."""
        here = self.town
        numbers = [*SavedSearch.objects.all(), *Appeal.objects.all(), *Document.objects.all()]
        return _Samples(
            public_id=[
                here.job.public_id,
                here.proposal.public_id,
                self.other_proposal.job.public_id,
                self.rollout.public_id,
                self.purchase.public_id,
            ],
            id=[here.job.public_id],
            number=sorted({"1", "2", *(str(row.pk) for row in numbers)}),
            credits=["10", "7", "99999999"],
            handle=[account.handle for account in Account.objects.all()],
            name=["plus", "basic", "2019-05"],
            noun=["purchase", "plan-payment", "nothing"],
            slug=["other-rules", "nothing"],
            code=[promo.code for promo in PromoCode.objects.all()],
            provider=["stripe", "paypal", "test", "nobody"],
            series=[row.series for row in Document.objects.all()] or ["R-2019"],
        )

    def users(self) -> Mapping[str, User]:
        """Who can sign in, by what they are."""
        here = self.town
        return {
            "freelancer": here.user_of(here.freelancer),
            "agency owner": _owner(here.agency),
            "agency member": self.member,
            "client": here.user_of(here.client),
            **{role.value: user for role, user in self.staff.items()},
        }

    def people(self) -> dict[str, Callable[[], Client]]:
        """How each of them, and who does not sign in, asks for pages."""
        signed_in = {who: partial(_signed_in, user) for who, user in self.users().items()}
        return {"visitor": _visitor, "program": partial(_program, self.key), **signed_in}


class _Samples(dict[str, list[str]]):
    """Samples by the name of the part; of a name that is not known here, some of everything."""

    def __init__(self, **known: list[str]) -> None:
        super().__init__(known)

    def __missing__(self, name: str) -> list[str]:
        return ["1", "a", "0" * 16]


def _owner(account: Account) -> User:
    return User.objects.get(memberships__account=account, memberships__role=Role.AGENCY_OWNER)


def _visitor() -> Client:
    return Client(raise_request_exception=False)


def _signed_in(user: User) -> Client:
    client = _visitor()
    client.force_login(user, backend=BACKEND)
    return client


def _program(key: str) -> Client:
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {key}"})
