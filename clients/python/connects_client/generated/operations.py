"""A method for each operation of the API, written by `clients/facade.py`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from connects_client.answers import answered
from connects_client.generated.api.account_tokens import make_account_token as _make_account_token
from connects_client.generated.api.accounts import delete_member as _delete_member
from connects_client.generated.api.accounts import get_account as _get_account
from connects_client.generated.api.accounts import get_member as _get_member
from connects_client.generated.api.accounts import list_members as _list_members
from connects_client.generated.api.accounts import put_account as _put_account
from connects_client.generated.api.accounts import put_accounts as _put_accounts
from connects_client.generated.api.accounts import put_member as _put_member
from connects_client.generated.api.events import delete_webhook_endpoint as _delete_webhook_endpoint
from connects_client.generated.api.events import get_webhook_endpoint as _get_webhook_endpoint
from connects_client.generated.api.events import list_events as _list_events
from connects_client.generated.api.events import list_webhook_deliveries as _list_webhook_deliveries
from connects_client.generated.api.events import list_webhook_endpoints as _list_webhook_endpoints
from connects_client.generated.api.events import put_webhook_endpoint as _put_webhook_endpoint
from connects_client.generated.api.events import replay_webhook_endpoint as _replay_webhook_endpoint
from connects_client.generated.api.events import rotate_webhook_secret as _rotate_webhook_secret
from connects_client.generated.api.events import test_webhook_endpoint as _test_webhook_endpoint
from connects_client.generated.api.grants import get_grant as _get_grant
from connects_client.generated.api.grants import post_grant as _post_grant
from connects_client.generated.api.grants import put_grant as _put_grant
from connects_client.generated.api.grants import put_grants as _put_grants
from connects_client.generated.api.jobs import end_job as _end_job
from connects_client.generated.api.jobs import get_job as _get_job
from connects_client.generated.api.jobs import put_invitation as _put_invitation
from connects_client.generated.api.jobs import put_job as _put_job
from connects_client.generated.api.jobs import put_jobs as _put_jobs
from connects_client.generated.api.me import find_jobs as _find_jobs
from connects_client.generated.api.me import own_account as _own_account
from connects_client.generated.api.me import own_entries as _own_entries
from connects_client.generated.api.me import own_lots as _own_lots
from connects_client.generated.api.me import own_proposal as _own_proposal
from connects_client.generated.api.me import own_proposals as _own_proposals
from connects_client.generated.api.me import own_quotes as _own_quotes
from connects_client.generated.api.me import own_wallet as _own_wallet
from connects_client.generated.api.me import propose as _propose
from connects_client.generated.api.me import read_job as _read_job
from connects_client.generated.api.me import withdraw as _withdraw
from connects_client.generated.api.prices import draft_price as _draft_price
from connects_client.generated.api.prices import post_price as _post_price
from connects_client.generated.api.proposals import get_proposal as _get_proposal
from connects_client.generated.api.proposals import post_proposal as _post_proposal
from connects_client.generated.api.proposals import put_proposal as _put_proposal
from connects_client.generated.api.proposals import put_proposals as _put_proposals
from connects_client.generated.api.proposals import tell_proposal as _tell_proposal
from connects_client.generated.api.purchases import get_purchase as _get_purchase
from connects_client.generated.api.purchases import post_purchase as _post_purchase
from connects_client.generated.api.purchases import put_purchase as _put_purchase
from connects_client.generated.api.purchases import put_purchases as _put_purchases
from connects_client.generated.api.purchases import reverse_purchase as _reverse_purchase
from connects_client.generated.api.quotes import quote as _quote
from connects_client.generated.api.sandbox import get_clock as _get_clock
from connects_client.generated.api.sandbox import move_clock as _move_clock
from connects_client.generated.api.wallets import get_wallet as _get_wallet
from connects_client.generated.api.wallets import list_entries as _list_entries
from connects_client.generated.api.wallets import list_lots as _list_lots
from connects_client.generated.client import AuthenticatedClient
from connects_client.generated.models.account_body import AccountBody
from connects_client.generated.models.account_document import AccountDocument
from connects_client.generated.models.account_list import AccountList
from connects_client.generated.models.clock_body import ClockBody
from connects_client.generated.models.clock_document import ClockDocument
from connects_client.generated.models.delivery_document import DeliveryDocument
from connects_client.generated.models.delivery_page import DeliveryPage
from connects_client.generated.models.draft_post import DraftPost
from connects_client.generated.models.draft_price import DraftPrice
from connects_client.generated.models.end_body import EndBody
from connects_client.generated.models.endpoint_body import EndpointBody
from connects_client.generated.models.endpoint_document import EndpointDocument
from connects_client.generated.models.endpoint_list import EndpointList
from connects_client.generated.models.entry_page import EntryPage
from connects_client.generated.models.event_page import EventPage
from connects_client.generated.models.found_jobs import FoundJobs
from connects_client.generated.models.grant_body import GrantBody
from connects_client.generated.models.grant_document import GrantDocument
from connects_client.generated.models.grant_list import GrantList
from connects_client.generated.models.invitation_document import InvitationDocument
from connects_client.generated.models.job_body import JobBody
from connects_client.generated.models.job_document import JobDocument
from connects_client.generated.models.job_kind import JobKind
from connects_client.generated.models.job_list import JobList
from connects_client.generated.models.list_entries_order import ListEntriesOrder
from connects_client.generated.models.listed_proposals import ListedProposals
from connects_client.generated.models.lot_page import LotPage
from connects_client.generated.models.member_body import MemberBody
from connects_client.generated.models.member_document import MemberDocument
from connects_client.generated.models.member_list import MemberList
from connects_client.generated.models.moved_document import MovedDocument
from connects_client.generated.models.own_account import OwnAccount
from connects_client.generated.models.own_entries_order import OwnEntriesOrder
from connects_client.generated.models.own_proposal import OwnProposal
from connects_client.generated.models.own_proposal_body import OwnProposalBody
from connects_client.generated.models.own_proposals_which import OwnProposalsWhich
from connects_client.generated.models.own_quotes_body import OwnQuotesBody
from connects_client.generated.models.post_price import PostPrice
from connects_client.generated.models.proposal_body import ProposalBody
from connects_client.generated.models.proposal_document import ProposalDocument
from connects_client.generated.models.proposal_list import ProposalList
from connects_client.generated.models.purchase_body import PurchaseBody
from connects_client.generated.models.purchase_document import PurchaseDocument
from connects_client.generated.models.purchase_list import PurchaseList
from connects_client.generated.models.put_accounts_json_body_type_0_item import (
    PutAccountsJsonBodyType0Item,
)
from connects_client.generated.models.put_grants_json_body_type_0_item import (
    PutGrantsJsonBodyType0Item,
)
from connects_client.generated.models.put_jobs_json_body_type_0_item import PutJobsJsonBodyType0Item
from connects_client.generated.models.put_proposals_json_body_type_0_item import (
    PutProposalsJsonBodyType0Item,
)
from connects_client.generated.models.put_purchases_json_body_type_0_item import (
    PutPurchasesJsonBodyType0Item,
)
from connects_client.generated.models.quotes_body import QuotesBody
from connects_client.generated.models.quotes_document import QuotesDocument
from connects_client.generated.models.replay_body import ReplayBody
from connects_client.generated.models.seen_job import SeenJob
from connects_client.generated.models.tell_proposal_event import TellProposalEvent
from connects_client.generated.models.token_body import TokenBody
from connects_client.generated.models.token_document import TokenDocument
from connects_client.generated.models.wallet_document import WalletDocument
from connects_client.generated.types import UNSET, Unset


class Operations:
    """The API, a method for each operation. Refusals are raised as `Refused`."""

    api: AuthenticatedClient

    def delete_member(self, id: str, account: str) -> MemberDocument:
        """Take an account out of an agency's team

        End a membership; what was sent stays the agency's. Twice is once."""
        return answered(_delete_member.sync_detailed(client=self.api, id=id, account=account))

    def delete_webhook_endpoint(self, id: str) -> None:
        """Remove an endpoint

        Nothing is delivered there any more, and what was is forgotten."""
        answered(_delete_webhook_endpoint.sync_detailed(client=self.api, id=id))

    def draft_price(self, body: DraftPost) -> DraftPrice:
        """The price that a draft would have

        What a proposal would cost if your client's account published this now. Nothing is stored."""
        return answered(_draft_price.sync_detailed(client=self.api, body=body))

    def end_job(self, id: str, body: EndBody) -> JobDocument:
        """Say that a job is over

        End a job; what its proposals get back is what their rule books say. Twice alike is once."""
        return answered(_end_job.sync_detailed(client=self.api, id=id, body=body))

    def find_jobs(
        self,
        *,
        words: str | Unset = "",
        category: str | Unset = "",
        kind: JobKind | None | Unset = UNSET,
        limit: int | Unset = 20,
        cursor: None | str | Unset = UNSET,
    ) -> FoundJobs:
        """Open jobs that you may propose to, newest first

        The same jobs that you find on the site, with what a proposal costs you by the price card."""
        return answered(
            _find_jobs.sync_detailed(
                client=self.api,
                words=words,
                category=category,
                kind=kind,
                limit=limit,
                cursor=cursor,
            )
        )

    def get_account(self, id: str) -> AccountDocument:
        """An account

        An account as it stands, with its wallet."""
        return answered(_get_account.sync_detailed(client=self.api, id=id))

    def get_clock(
        self,
    ) -> ClockDocument:
        """What time it is here

        The time at which things happen now."""
        return answered(_get_clock.sync_detailed(client=self.api))

    def get_grant(self, id: str) -> GrantDocument:
        """A grant

        A grant as it stands."""
        return answered(_get_grant.sync_detailed(client=self.api, id=id))

    def get_job(self, id: str) -> JobDocument:
        """A job, with its price

        A job as it stands, with its price under its client's rule book."""
        return answered(_get_job.sync_detailed(client=self.api, id=id))

    def get_member(self, id: str, account: str) -> MemberDocument:
        """A member of an agency

        What a member may spend, and has spent this month."""
        return answered(_get_member.sync_detailed(client=self.api, id=id, account=account))

    def get_proposal(self, id: str) -> ProposalDocument:
        """A proposal

        A proposal as it stands, with what was charged and what came back."""
        return answered(_get_proposal.sync_detailed(client=self.api, id=id))

    def get_purchase(self, id: str) -> PurchaseDocument:
        """A purchase that you reported

        A purchase as it stands."""
        return answered(_get_purchase.sync_detailed(client=self.api, id=id))

    def get_wallet(
        self, id: str, *, at: datetime.datetime | None | Unset = UNSET, at_least: int | Unset = 0
    ) -> WalletDocument:
        """What an account holds

        Balance, debt, and the number of the last line. `at_least` refuses an answer from before a line."""
        return answered(_get_wallet.sync_detailed(client=self.api, id=id, at=at, at_least=at_least))

    def get_webhook_endpoint(self, id: str) -> EndpointDocument:
        """An endpoint

        An endpoint, with what its receiver checks signatures with."""
        return answered(_get_webhook_endpoint.sync_detailed(client=self.api, id=id))

    def list_entries(
        self,
        id: str,
        *,
        at: datetime.datetime | None | Unset = UNSET,
        limit: int | Unset = 100,
        cursor: None | str | Unset = UNSET,
        order: ListEntriesOrder | Unset = ListEntriesOrder.NEWEST,
    ) -> EntryPage:
        """The lines of an account's history

        Every line, with a number without gaps; a page stays what it is, however many lines are added."""
        return answered(
            _list_entries.sync_detailed(
                client=self.api, id=id, at=at, limit=limit, cursor=cursor, order=order
            )
        )

    def list_events(
        self,
        *,
        after: None | str | Unset = UNSET,
        types: str | Unset = "",
        account: None | str | Unset = UNSET,
        limit: int | Unset = 500,
    ) -> EventPage:
        """Everything that has happened since a cursor

        Events in their order, which never changes: nothing is ever put in before a cursor."""
        return answered(
            _list_events.sync_detailed(
                client=self.api, after=after, types=types, account=account, limit=limit
            )
        )

    def list_lots(
        self,
        id: str,
        *,
        at: datetime.datetime | None | Unset = UNSET,
        limit: int | Unset = 100,
        cursor: None | str | Unset = UNSET,
    ) -> LotPage:
        """The open lots of an account, in the order in which they are spent

        Credits that were issued together, with what they have cost and when they expire."""
        return answered(
            _list_lots.sync_detailed(client=self.api, id=id, at=at, limit=limit, cursor=cursor)
        )

    def list_members(self, id: str) -> MemberList:
        """The team of an agency

        Everyone who may propose for the agency now, in the order in which they joined."""
        return answered(_list_members.sync_detailed(client=self.api, id=id))

    def list_webhook_deliveries(
        self, id: str, *, limit: int | Unset = 100, cursor: None | str | Unset = UNSET
    ) -> DeliveryPage:
        """What was sent to an endpoint

        Deliveries of the last 30 days, newest first, with what came back."""
        return answered(
            _list_webhook_deliveries.sync_detailed(
                client=self.api, id=id, limit=limit, cursor=cursor
            )
        )

    def list_webhook_endpoints(
        self,
    ) -> EndpointList:
        """Where events are delivered

        Every endpoint, by its id."""
        return answered(_list_webhook_endpoints.sync_detailed(client=self.api))

    def make_account_token(self, body: TokenBody) -> TokenDocument:
        """Make a token with which a browser or an app reads one account for 15 minutes

        It reads what is below `me`, and asks for quotes. It sends, pays and changes nothing."""
        return answered(_make_account_token.sync_detailed(client=self.api, body=body))

    def move_clock(self, body: ClockBody) -> MovedDocument:
        """Move a sandbox's clock forward

        Move the clock, and do all that falls due by then, each thing at its own instant."""
        return answered(_move_clock.sync_detailed(client=self.api, body=body))

    def own_account(
        self,
    ) -> OwnAccount:
        """Who you are, and what your key may do

        The account that your key acts for, the rules that hold for it, and the key's scopes."""
        return answered(_own_account.sync_detailed(client=self.api))

    def own_entries(
        self,
        *,
        at: datetime.datetime | None | Unset = UNSET,
        limit: int | Unset = 100,
        cursor: None | str | Unset = UNSET,
        order: OwnEntriesOrder | Unset = OwnEntriesOrder.NEWEST,
    ) -> EntryPage:
        """Your history, line by line

        Every line, with a number without gaps: what came, what was spent, what expired."""
        return answered(
            _own_entries.sync_detailed(
                client=self.api, at=at, limit=limit, cursor=cursor, order=order
            )
        )

    def own_lots(
        self,
        *,
        at: datetime.datetime | None | Unset = UNSET,
        limit: int | Unset = 100,
        cursor: None | str | Unset = UNSET,
    ) -> LotPage:
        """Your open lots, in the order in which they are spent

        Connects that came together, with what they have cost and when they expire."""
        return answered(_own_lots.sync_detailed(client=self.api, at=at, limit=limit, cursor=cursor))

    def own_proposal(self, id: str) -> OwnProposal:
        """A proposal of yours

        A proposal as it stands, with what it cost and what came back."""
        return answered(_own_proposal.sync_detailed(client=self.api, id=id))

    def own_proposals(
        self,
        *,
        which: OwnProposalsWhich | Unset = OwnProposalsWhich.ALL,
        limit: int | Unset = 100,
        cursor: None | str | Unset = UNSET,
    ) -> ListedProposals:
        """Your proposals, newest first

        What became of each, what it cost, what came back and what still may."""
        return answered(
            _own_proposals.sync_detailed(client=self.api, which=which, limit=limit, cursor=cursor)
        )

    def own_quotes(self, body: OwnQuotesBody) -> QuotesDocument:
        """What proposals to some jobs would cost you

        A quote for each job, in the order asked, each honoured for 10 minutes."""
        return answered(_own_quotes.sync_detailed(client=self.api, body=body))

    def own_wallet(
        self, *, at: datetime.datetime | None | Unset = UNSET, at_least: int | Unset = 0
    ) -> WalletDocument:
        """What you hold

        Your balance, what you owe, and what is held; `at` is as it was at a past instant."""
        return answered(_own_wallet.sync_detailed(client=self.api, at=at, at_least=at_least))

    def post_grant(self, body: GrantBody) -> GrantDocument:
        """The same, named by the header `Idempotency-Key`

        For libraries that know the header alone."""
        return answered(_post_grant.sync_detailed(client=self.api, body=body))

    def post_price(self, id: str) -> PostPrice:
        """The price of a live post

        What a proposal to a post costs you, and why: by the rule book that holds for your account."""
        return answered(_post_price.sync_detailed(client=self.api, id=id))

    def post_proposal(self, body: ProposalBody) -> ProposalDocument:
        """The same, named by the header `Idempotency-Key`

        For libraries that know the header alone."""
        return answered(_post_proposal.sync_detailed(client=self.api, body=body))

    def post_purchase(self, body: PurchaseBody) -> PurchaseDocument:
        """The same, named by the header `Idempotency-Key`

        For libraries that know the header alone."""
        return answered(_post_purchase.sync_detailed(client=self.api, body=body))

    def propose(self, body: OwnProposalBody) -> OwnProposal:
        """Send a proposal and pay for it, once

        Name it by the header `Idempotency-Key`: the same again is the same answer, for ever."""
        return answered(_propose.sync_detailed(client=self.api, body=body))

    def put_account(self, id: str, body: AccountBody) -> AccountDocument:
        """Send an account, or what has changed of it

        Make an account with its wallet, or bring it to these facts."""
        return answered(_put_account.sync_detailed(client=self.api, id=id, body=body))

    def put_accounts(
        self, bodies: Mapping[str, AccountBody], *, atomic: bool | Unset = False
    ) -> AccountList:
        """Send up to 1,000 accounts, each with its own outcome, or all or none"""
        return answered(
            _put_accounts.sync_detailed(
                client=self.api,
                body=[
                    PutAccountsJsonBodyType0Item.from_dict({"id": id, **body.to_dict()})
                    for id, body in bodies.items()
                ],
                atomic=atomic,
            )
        )

    def put_grant(self, id: str, body: GrantBody) -> GrantDocument:
        """Give Connects, once

        Give Connects. The id is the idempotency key, for ever."""
        return answered(_put_grant.sync_detailed(client=self.api, id=id, body=body))

    def put_grants(
        self, bodies: Mapping[str, GrantBody], *, atomic: bool | Unset = False
    ) -> GrantList:
        """Send up to 1,000 grants, each with its own outcome, or all or none"""
        return answered(
            _put_grants.sync_detailed(
                client=self.api,
                body=[
                    PutGrantsJsonBodyType0Item.from_dict({"id": id, **body.to_dict()})
                    for id, body in bodies.items()
                ],
                atomic=atomic,
            )
        )

    def put_invitation(self, id: str, account: str) -> InvitationDocument:
        """Say that a client invites an account

        Invite an account: its proposal is free where the rules say so, and what it paid comes back."""
        return answered(_put_invitation.sync_detailed(client=self.api, id=id, account=account))

    def put_job(self, id: str, body: JobBody) -> JobDocument:
        """Send a job, or what has changed of it

        Publish a job and fix its price; or edit it: later proposals pay the new price."""
        return answered(_put_job.sync_detailed(client=self.api, id=id, body=body))

    def put_jobs(self, bodies: Mapping[str, JobBody], *, atomic: bool | Unset = False) -> JobList:
        """Send up to 1,000 jobs, each with its own outcome, or all or none"""
        return answered(
            _put_jobs.sync_detailed(
                client=self.api,
                body=[
                    PutJobsJsonBodyType0Item.from_dict({"id": id, **body.to_dict()})
                    for id, body in bodies.items()
                ],
                atomic=atomic,
            )
        )

    def put_member(self, id: str, account: str, body: MemberBody) -> MemberDocument:
        """Let an account spend an agency's Connects, and say how many

        Add a freelancer to an agency's team, or change what they may spend."""
        return answered(
            _put_member.sync_detailed(client=self.api, id=id, account=account, body=body)
        )

    def put_proposal(self, id: str, body: ProposalBody) -> ProposalDocument:
        """Send a proposal and charge it, or hold its Connects, once

         Charge a proposal, or hold what it costs for `hold_seconds`, until it is submitted.

        The id is the idempotency key, for ever: the same again is the same answer."""
        return answered(_put_proposal.sync_detailed(client=self.api, id=id, body=body))

    def put_proposals(
        self, bodies: Mapping[str, ProposalBody], *, atomic: bool | Unset = False
    ) -> ProposalList:
        """Send up to 1,000 proposals, each with its own outcome, or all or none"""
        return answered(
            _put_proposals.sync_detailed(
                client=self.api,
                body=[
                    PutProposalsJsonBodyType0Item.from_dict({"id": id, **body.to_dict()})
                    for id, body in bodies.items()
                ],
                atomic=atomic,
            )
        )

    def put_purchase(self, id: str, body: PurchaseBody) -> PurchaseDocument:
        """Report Connects that were paid for at your own till, once

        Issue what was paid for. The id is the idempotency key, for ever."""
        return answered(_put_purchase.sync_detailed(client=self.api, id=id, body=body))

    def put_purchases(
        self, bodies: Mapping[str, PurchaseBody], *, atomic: bool | Unset = False
    ) -> PurchaseList:
        """Send up to 1,000 purchases, each with its own outcome, or all or none"""
        return answered(
            _put_purchases.sync_detailed(
                client=self.api,
                body=[
                    PutPurchasesJsonBodyType0Item.from_dict({"id": id, **body.to_dict()})
                    for id, body in bodies.items()
                ],
                atomic=atomic,
            )
        )

    def put_webhook_endpoint(self, id: str, body: EndpointBody) -> EndpointDocument:
        """Make an endpoint, or change it

        A new one hears of all that comes from now on; one that was disabled goes on where it was."""
        return answered(_put_webhook_endpoint.sync_detailed(client=self.api, id=id, body=body))

    def quote(self, body: QuotesBody) -> QuotesDocument:
        """What proposals to some jobs would cost an account

        A quote for each job, in the order asked, each honoured for 10 minutes."""
        return answered(_quote.sync_detailed(client=self.api, body=body))

    def read_job(self, id: str) -> SeenJob:
        """A job that you may see

        Its text, its facts, and all that its price rests on, by the rules that hold for you."""
        return answered(_read_job.sync_detailed(client=self.api, id=id))

    def replay_webhook_endpoint(self, id: str, body: ReplayBody) -> EndpointDocument:
        """Deliver everything after a cursor again

        Events come with the ids that they had, so a receiver knows those that it has seen."""
        return answered(_replay_webhook_endpoint.sync_detailed(client=self.api, id=id, body=body))

    def reverse_purchase(self, id: str) -> PurchaseDocument:
        """Say that the money of a purchase went back

        Take the lot back; what was spent of it becomes debt. Twice is once."""
        return answered(_reverse_purchase.sync_detailed(client=self.api, id=id))

    def rotate_webhook_secret(self, id: str) -> EndpointDocument:
        """Give an endpoint a new secret

        For a day deliveries bear both signatures, so that none is refused meanwhile."""
        return answered(_rotate_webhook_secret.sync_detailed(client=self.api, id=id))

    def tell_proposal(self, id: str, event: TellProposalEvent) -> ProposalDocument:
        """Say what has happened to a proposal at the host

        Note it, with all that follows: stages, returns, rewards. Twice is once."""
        return answered(_tell_proposal.sync_detailed(client=self.api, id=id, event=event))

    def test_webhook_endpoint(self, id: str) -> DeliveryDocument:
        """Send an event that says nothing

        One `endpoint.test` is sent now, and not again; the answer tells what came back."""
        return answered(_test_webhook_endpoint.sync_detailed(client=self.api, id=id))

    def withdraw(self, id: str) -> OwnProposal:
        """Withdraw a proposal of yours, or let a reservation go

        What comes back is in `returned`: the rule book says for how many minutes. Twice is once."""
        return answered(_withdraw.sync_detailed(client=self.api, id=id))


class AsyncOperations:
    """The API, a method for each operation. Refusals are raised as `Refused`."""

    api: AuthenticatedClient

    async def delete_member(self, id: str, account: str) -> MemberDocument:
        """Take an account out of an agency's team

        End a membership; what was sent stays the agency's. Twice is once."""
        return answered(
            await _delete_member.asyncio_detailed(client=self.api, id=id, account=account)
        )

    async def delete_webhook_endpoint(self, id: str) -> None:
        """Remove an endpoint

        Nothing is delivered there any more, and what was is forgotten."""
        answered(await _delete_webhook_endpoint.asyncio_detailed(client=self.api, id=id))

    async def draft_price(self, body: DraftPost) -> DraftPrice:
        """The price that a draft would have

        What a proposal would cost if your client's account published this now. Nothing is stored."""
        return answered(await _draft_price.asyncio_detailed(client=self.api, body=body))

    async def end_job(self, id: str, body: EndBody) -> JobDocument:
        """Say that a job is over

        End a job; what its proposals get back is what their rule books say. Twice alike is once."""
        return answered(await _end_job.asyncio_detailed(client=self.api, id=id, body=body))

    async def find_jobs(
        self,
        *,
        words: str | Unset = "",
        category: str | Unset = "",
        kind: JobKind | None | Unset = UNSET,
        limit: int | Unset = 20,
        cursor: None | str | Unset = UNSET,
    ) -> FoundJobs:
        """Open jobs that you may propose to, newest first

        The same jobs that you find on the site, with what a proposal costs you by the price card."""
        return answered(
            await _find_jobs.asyncio_detailed(
                client=self.api,
                words=words,
                category=category,
                kind=kind,
                limit=limit,
                cursor=cursor,
            )
        )

    async def get_account(self, id: str) -> AccountDocument:
        """An account

        An account as it stands, with its wallet."""
        return answered(await _get_account.asyncio_detailed(client=self.api, id=id))

    async def get_clock(
        self,
    ) -> ClockDocument:
        """What time it is here

        The time at which things happen now."""
        return answered(await _get_clock.asyncio_detailed(client=self.api))

    async def get_grant(self, id: str) -> GrantDocument:
        """A grant

        A grant as it stands."""
        return answered(await _get_grant.asyncio_detailed(client=self.api, id=id))

    async def get_job(self, id: str) -> JobDocument:
        """A job, with its price

        A job as it stands, with its price under its client's rule book."""
        return answered(await _get_job.asyncio_detailed(client=self.api, id=id))

    async def get_member(self, id: str, account: str) -> MemberDocument:
        """A member of an agency

        What a member may spend, and has spent this month."""
        return answered(await _get_member.asyncio_detailed(client=self.api, id=id, account=account))

    async def get_proposal(self, id: str) -> ProposalDocument:
        """A proposal

        A proposal as it stands, with what was charged and what came back."""
        return answered(await _get_proposal.asyncio_detailed(client=self.api, id=id))

    async def get_purchase(self, id: str) -> PurchaseDocument:
        """A purchase that you reported

        A purchase as it stands."""
        return answered(await _get_purchase.asyncio_detailed(client=self.api, id=id))

    async def get_wallet(
        self, id: str, *, at: datetime.datetime | None | Unset = UNSET, at_least: int | Unset = 0
    ) -> WalletDocument:
        """What an account holds

        Balance, debt, and the number of the last line. `at_least` refuses an answer from before a line."""
        return answered(
            await _get_wallet.asyncio_detailed(client=self.api, id=id, at=at, at_least=at_least)
        )

    async def get_webhook_endpoint(self, id: str) -> EndpointDocument:
        """An endpoint

        An endpoint, with what its receiver checks signatures with."""
        return answered(await _get_webhook_endpoint.asyncio_detailed(client=self.api, id=id))

    async def list_entries(
        self,
        id: str,
        *,
        at: datetime.datetime | None | Unset = UNSET,
        limit: int | Unset = 100,
        cursor: None | str | Unset = UNSET,
        order: ListEntriesOrder | Unset = ListEntriesOrder.NEWEST,
    ) -> EntryPage:
        """The lines of an account's history

        Every line, with a number without gaps; a page stays what it is, however many lines are added."""
        return answered(
            await _list_entries.asyncio_detailed(
                client=self.api, id=id, at=at, limit=limit, cursor=cursor, order=order
            )
        )

    async def list_events(
        self,
        *,
        after: None | str | Unset = UNSET,
        types: str | Unset = "",
        account: None | str | Unset = UNSET,
        limit: int | Unset = 500,
    ) -> EventPage:
        """Everything that has happened since a cursor

        Events in their order, which never changes: nothing is ever put in before a cursor."""
        return answered(
            await _list_events.asyncio_detailed(
                client=self.api, after=after, types=types, account=account, limit=limit
            )
        )

    async def list_lots(
        self,
        id: str,
        *,
        at: datetime.datetime | None | Unset = UNSET,
        limit: int | Unset = 100,
        cursor: None | str | Unset = UNSET,
    ) -> LotPage:
        """The open lots of an account, in the order in which they are spent

        Credits that were issued together, with what they have cost and when they expire."""
        return answered(
            await _list_lots.asyncio_detailed(
                client=self.api, id=id, at=at, limit=limit, cursor=cursor
            )
        )

    async def list_members(self, id: str) -> MemberList:
        """The team of an agency

        Everyone who may propose for the agency now, in the order in which they joined."""
        return answered(await _list_members.asyncio_detailed(client=self.api, id=id))

    async def list_webhook_deliveries(
        self, id: str, *, limit: int | Unset = 100, cursor: None | str | Unset = UNSET
    ) -> DeliveryPage:
        """What was sent to an endpoint

        Deliveries of the last 30 days, newest first, with what came back."""
        return answered(
            await _list_webhook_deliveries.asyncio_detailed(
                client=self.api, id=id, limit=limit, cursor=cursor
            )
        )

    async def list_webhook_endpoints(
        self,
    ) -> EndpointList:
        """Where events are delivered

        Every endpoint, by its id."""
        return answered(await _list_webhook_endpoints.asyncio_detailed(client=self.api))

    async def make_account_token(self, body: TokenBody) -> TokenDocument:
        """Make a token with which a browser or an app reads one account for 15 minutes

        It reads what is below `me`, and asks for quotes. It sends, pays and changes nothing."""
        return answered(await _make_account_token.asyncio_detailed(client=self.api, body=body))

    async def move_clock(self, body: ClockBody) -> MovedDocument:
        """Move a sandbox's clock forward

        Move the clock, and do all that falls due by then, each thing at its own instant."""
        return answered(await _move_clock.asyncio_detailed(client=self.api, body=body))

    async def own_account(
        self,
    ) -> OwnAccount:
        """Who you are, and what your key may do

        The account that your key acts for, the rules that hold for it, and the key's scopes."""
        return answered(await _own_account.asyncio_detailed(client=self.api))

    async def own_entries(
        self,
        *,
        at: datetime.datetime | None | Unset = UNSET,
        limit: int | Unset = 100,
        cursor: None | str | Unset = UNSET,
        order: OwnEntriesOrder | Unset = OwnEntriesOrder.NEWEST,
    ) -> EntryPage:
        """Your history, line by line

        Every line, with a number without gaps: what came, what was spent, what expired."""
        return answered(
            await _own_entries.asyncio_detailed(
                client=self.api, at=at, limit=limit, cursor=cursor, order=order
            )
        )

    async def own_lots(
        self,
        *,
        at: datetime.datetime | None | Unset = UNSET,
        limit: int | Unset = 100,
        cursor: None | str | Unset = UNSET,
    ) -> LotPage:
        """Your open lots, in the order in which they are spent

        Connects that came together, with what they have cost and when they expire."""
        return answered(
            await _own_lots.asyncio_detailed(client=self.api, at=at, limit=limit, cursor=cursor)
        )

    async def own_proposal(self, id: str) -> OwnProposal:
        """A proposal of yours

        A proposal as it stands, with what it cost and what came back."""
        return answered(await _own_proposal.asyncio_detailed(client=self.api, id=id))

    async def own_proposals(
        self,
        *,
        which: OwnProposalsWhich | Unset = OwnProposalsWhich.ALL,
        limit: int | Unset = 100,
        cursor: None | str | Unset = UNSET,
    ) -> ListedProposals:
        """Your proposals, newest first

        What became of each, what it cost, what came back and what still may."""
        return answered(
            await _own_proposals.asyncio_detailed(
                client=self.api, which=which, limit=limit, cursor=cursor
            )
        )

    async def own_quotes(self, body: OwnQuotesBody) -> QuotesDocument:
        """What proposals to some jobs would cost you

        A quote for each job, in the order asked, each honoured for 10 minutes."""
        return answered(await _own_quotes.asyncio_detailed(client=self.api, body=body))

    async def own_wallet(
        self, *, at: datetime.datetime | None | Unset = UNSET, at_least: int | Unset = 0
    ) -> WalletDocument:
        """What you hold

        Your balance, what you owe, and what is held; `at` is as it was at a past instant."""
        return answered(
            await _own_wallet.asyncio_detailed(client=self.api, at=at, at_least=at_least)
        )

    async def post_grant(self, body: GrantBody) -> GrantDocument:
        """The same, named by the header `Idempotency-Key`

        For libraries that know the header alone."""
        return answered(await _post_grant.asyncio_detailed(client=self.api, body=body))

    async def post_price(self, id: str) -> PostPrice:
        """The price of a live post

        What a proposal to a post costs you, and why: by the rule book that holds for your account."""
        return answered(await _post_price.asyncio_detailed(client=self.api, id=id))

    async def post_proposal(self, body: ProposalBody) -> ProposalDocument:
        """The same, named by the header `Idempotency-Key`

        For libraries that know the header alone."""
        return answered(await _post_proposal.asyncio_detailed(client=self.api, body=body))

    async def post_purchase(self, body: PurchaseBody) -> PurchaseDocument:
        """The same, named by the header `Idempotency-Key`

        For libraries that know the header alone."""
        return answered(await _post_purchase.asyncio_detailed(client=self.api, body=body))

    async def propose(self, body: OwnProposalBody) -> OwnProposal:
        """Send a proposal and pay for it, once

        Name it by the header `Idempotency-Key`: the same again is the same answer, for ever."""
        return answered(await _propose.asyncio_detailed(client=self.api, body=body))

    async def put_account(self, id: str, body: AccountBody) -> AccountDocument:
        """Send an account, or what has changed of it

        Make an account with its wallet, or bring it to these facts."""
        return answered(await _put_account.asyncio_detailed(client=self.api, id=id, body=body))

    async def put_accounts(
        self, bodies: Mapping[str, AccountBody], *, atomic: bool | Unset = False
    ) -> AccountList:
        """Send up to 1,000 accounts, each with its own outcome, or all or none"""
        return answered(
            await _put_accounts.asyncio_detailed(
                client=self.api,
                body=[
                    PutAccountsJsonBodyType0Item.from_dict({"id": id, **body.to_dict()})
                    for id, body in bodies.items()
                ],
                atomic=atomic,
            )
        )

    async def put_grant(self, id: str, body: GrantBody) -> GrantDocument:
        """Give Connects, once

        Give Connects. The id is the idempotency key, for ever."""
        return answered(await _put_grant.asyncio_detailed(client=self.api, id=id, body=body))

    async def put_grants(
        self, bodies: Mapping[str, GrantBody], *, atomic: bool | Unset = False
    ) -> GrantList:
        """Send up to 1,000 grants, each with its own outcome, or all or none"""
        return answered(
            await _put_grants.asyncio_detailed(
                client=self.api,
                body=[
                    PutGrantsJsonBodyType0Item.from_dict({"id": id, **body.to_dict()})
                    for id, body in bodies.items()
                ],
                atomic=atomic,
            )
        )

    async def put_invitation(self, id: str, account: str) -> InvitationDocument:
        """Say that a client invites an account

        Invite an account: its proposal is free where the rules say so, and what it paid comes back."""
        return answered(
            await _put_invitation.asyncio_detailed(client=self.api, id=id, account=account)
        )

    async def put_job(self, id: str, body: JobBody) -> JobDocument:
        """Send a job, or what has changed of it

        Publish a job and fix its price; or edit it: later proposals pay the new price."""
        return answered(await _put_job.asyncio_detailed(client=self.api, id=id, body=body))

    async def put_jobs(
        self, bodies: Mapping[str, JobBody], *, atomic: bool | Unset = False
    ) -> JobList:
        """Send up to 1,000 jobs, each with its own outcome, or all or none"""
        return answered(
            await _put_jobs.asyncio_detailed(
                client=self.api,
                body=[
                    PutJobsJsonBodyType0Item.from_dict({"id": id, **body.to_dict()})
                    for id, body in bodies.items()
                ],
                atomic=atomic,
            )
        )

    async def put_member(self, id: str, account: str, body: MemberBody) -> MemberDocument:
        """Let an account spend an agency's Connects, and say how many

        Add a freelancer to an agency's team, or change what they may spend."""
        return answered(
            await _put_member.asyncio_detailed(client=self.api, id=id, account=account, body=body)
        )

    async def put_proposal(self, id: str, body: ProposalBody) -> ProposalDocument:
        """Send a proposal and charge it, or hold its Connects, once

         Charge a proposal, or hold what it costs for `hold_seconds`, until it is submitted.

        The id is the idempotency key, for ever: the same again is the same answer."""
        return answered(await _put_proposal.asyncio_detailed(client=self.api, id=id, body=body))

    async def put_proposals(
        self, bodies: Mapping[str, ProposalBody], *, atomic: bool | Unset = False
    ) -> ProposalList:
        """Send up to 1,000 proposals, each with its own outcome, or all or none"""
        return answered(
            await _put_proposals.asyncio_detailed(
                client=self.api,
                body=[
                    PutProposalsJsonBodyType0Item.from_dict({"id": id, **body.to_dict()})
                    for id, body in bodies.items()
                ],
                atomic=atomic,
            )
        )

    async def put_purchase(self, id: str, body: PurchaseBody) -> PurchaseDocument:
        """Report Connects that were paid for at your own till, once

        Issue what was paid for. The id is the idempotency key, for ever."""
        return answered(await _put_purchase.asyncio_detailed(client=self.api, id=id, body=body))

    async def put_purchases(
        self, bodies: Mapping[str, PurchaseBody], *, atomic: bool | Unset = False
    ) -> PurchaseList:
        """Send up to 1,000 purchases, each with its own outcome, or all or none"""
        return answered(
            await _put_purchases.asyncio_detailed(
                client=self.api,
                body=[
                    PutPurchasesJsonBodyType0Item.from_dict({"id": id, **body.to_dict()})
                    for id, body in bodies.items()
                ],
                atomic=atomic,
            )
        )

    async def put_webhook_endpoint(self, id: str, body: EndpointBody) -> EndpointDocument:
        """Make an endpoint, or change it

        A new one hears of all that comes from now on; one that was disabled goes on where it was."""
        return answered(
            await _put_webhook_endpoint.asyncio_detailed(client=self.api, id=id, body=body)
        )

    async def quote(self, body: QuotesBody) -> QuotesDocument:
        """What proposals to some jobs would cost an account

        A quote for each job, in the order asked, each honoured for 10 minutes."""
        return answered(await _quote.asyncio_detailed(client=self.api, body=body))

    async def read_job(self, id: str) -> SeenJob:
        """A job that you may see

        Its text, its facts, and all that its price rests on, by the rules that hold for you."""
        return answered(await _read_job.asyncio_detailed(client=self.api, id=id))

    async def replay_webhook_endpoint(self, id: str, body: ReplayBody) -> EndpointDocument:
        """Deliver everything after a cursor again

        Events come with the ids that they had, so a receiver knows those that it has seen."""
        return answered(
            await _replay_webhook_endpoint.asyncio_detailed(client=self.api, id=id, body=body)
        )

    async def reverse_purchase(self, id: str) -> PurchaseDocument:
        """Say that the money of a purchase went back

        Take the lot back; what was spent of it becomes debt. Twice is once."""
        return answered(await _reverse_purchase.asyncio_detailed(client=self.api, id=id))

    async def rotate_webhook_secret(self, id: str) -> EndpointDocument:
        """Give an endpoint a new secret

        For a day deliveries bear both signatures, so that none is refused meanwhile."""
        return answered(await _rotate_webhook_secret.asyncio_detailed(client=self.api, id=id))

    async def tell_proposal(self, id: str, event: TellProposalEvent) -> ProposalDocument:
        """Say what has happened to a proposal at the host

        Note it, with all that follows: stages, returns, rewards. Twice is once."""
        return answered(await _tell_proposal.asyncio_detailed(client=self.api, id=id, event=event))

    async def test_webhook_endpoint(self, id: str) -> DeliveryDocument:
        """Send an event that says nothing

        One `endpoint.test` is sent now, and not again; the answer tells what came back."""
        return answered(await _test_webhook_endpoint.asyncio_detailed(client=self.api, id=id))

    async def withdraw(self, id: str) -> OwnProposal:
        """Withdraw a proposal of yours, or let a reservation go

        What comes back is in `returned`: the rule book says for how many minutes. Twice is once."""
        return answered(await _withdraw.asyncio_detailed(client=self.api, id=id))
