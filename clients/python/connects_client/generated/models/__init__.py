"""Contains all the data models used in inputs/outputs"""

from .account_body import AccountBody
from .account_document import AccountDocument
from .account_done import AccountDone
from .account_kind import AccountKind
from .account_list import AccountList
from .clock_body import ClockBody
from .clock_document import ClockDocument
from .comes_back_document import ComesBackDocument
from .delivery_document import DeliveryDocument
from .delivery_page import DeliveryPage
from .delivery_state import DeliveryState
from .draft_duration import DraftDuration
from .draft_hours_per_week import DraftHoursPerWeek
from .draft_policy import DraftPolicy
from .draft_post import DraftPost
from .draft_price import DraftPrice
from .end_body import EndBody
from .end_how import EndHow
from .endpoint_body import EndpointBody
from .endpoint_document import EndpointDocument
from .endpoint_list import EndpointList
from .entry_document import EntryDocument
from .entry_document_reference import EntryDocumentReference
from .entry_kind import EntryKind
from .entry_page import EntryPage
from .event import Event
from .event_document import EventDocument
from .event_document_data import EventDocumentData
from .event_page import EventPage
from .explained_price import ExplainedPrice
from .found_job import FoundJob
from .found_jobs import FoundJobs
from .gifts import Gifts
from .grant_body import GrantBody
from .grant_document import GrantDocument
from .grant_done import GrantDone
from .grant_kind import GrantKind
from .grant_list import GrantList
from .grant_status import GrantStatus
from .inputs import Inputs
from .invitation_document import InvitationDocument
from .job_body import JobBody
from .job_document import JobDocument
from .job_done import JobDone
from .job_duration import JobDuration
from .job_hours_per_week import JobHoursPerWeek
from .job_kind import JobKind
from .job_list import JobList
from .job_status import JobStatus
from .key_document import KeyDocument
from .key_scope import KeyScope
from .level import Level
from .list_entries_order import ListEntriesOrder
from .listed_proposals import ListedProposals
from .lot_change import LotChange
from .lot_document import LotDocument
from .lot_kind import LotKind
from .lot_page import LotPage
from .member_body import MemberBody
from .member_document import MemberDocument
from .member_document_role import MemberDocumentRole
from .member_list import MemberList
from .member_role import MemberRole
from .moved_document import MovedDocument
from .order import Order
from .ordering import Ordering
from .own_account import OwnAccount
from .own_entries_order import OwnEntriesOrder
from .own_proposal import OwnProposal
from .own_proposal_body import OwnProposalBody
from .own_proposals_which import OwnProposalsWhich
from .own_quotes_body import OwnQuotesBody
from .paid_elsewhere import PaidElsewhere
from .payment_status import PaymentStatus
from .pays_from import PaysFrom
from .post_price import PostPrice
from .price_edit import PriceEdit
from .price_edit_parameters import PriceEditParameters
from .price_reason import PriceReason
from .price_reason_parameters import PriceReasonParameters
from .priced_post import PricedPost
from .problem import Problem
from .problem_parameters import ProblemParameters
from .proposal_body import ProposalBody
from .proposal_document import ProposalDocument
from .proposal_done import ProposalDone
from .proposal_list import ProposalList
from .proposal_state import ProposalState
from .purchase_body import PurchaseBody
from .purchase_document import PurchaseDocument
from .purchase_done import PurchaseDone
from .purchase_list import PurchaseList
from .put_accounts_json_body_type_0_item import PutAccountsJsonBodyType0Item
from .put_accounts_json_body_type_1 import PutAccountsJsonBodyType1
from .put_accounts_json_body_type_1_items_item import PutAccountsJsonBodyType1ItemsItem
from .put_grants_json_body_type_0_item import PutGrantsJsonBodyType0Item
from .put_grants_json_body_type_1 import PutGrantsJsonBodyType1
from .put_grants_json_body_type_1_items_item import PutGrantsJsonBodyType1ItemsItem
from .put_jobs_json_body_type_0_item import PutJobsJsonBodyType0Item
from .put_jobs_json_body_type_1 import PutJobsJsonBodyType1
from .put_jobs_json_body_type_1_items_item import PutJobsJsonBodyType1ItemsItem
from .put_proposals_json_body_type_0_item import PutProposalsJsonBodyType0Item
from .put_proposals_json_body_type_1 import PutProposalsJsonBodyType1
from .put_proposals_json_body_type_1_items_item import PutProposalsJsonBodyType1ItemsItem
from .put_purchases_json_body_type_0_item import PutPurchasesJsonBodyType0Item
from .put_purchases_json_body_type_1 import PutPurchasesJsonBodyType1
from .put_purchases_json_body_type_1_items_item import PutPurchasesJsonBodyType1ItemsItem
from .quote_document import QuoteDocument
from .quotes_body import QuotesBody
from .quotes_document import QuotesDocument
from .record_document import RecordDocument
from .record_facts import RecordFacts
from .released import Released
from .replay_body import ReplayBody
from .return_cause import ReturnCause
from .seen_job import SeenJob
from .signature import Signature
from .span import Span
from .stage import Stage
from .step_document import StepDocument
from .tell_proposal_event import TellProposalEvent
from .token_body import TokenBody
from .token_document import TokenDocument
from .wallet_document import WalletDocument
from .which import Which
from .words import Words

__all__ = (
    "AccountBody",
    "AccountDocument",
    "AccountDone",
    "AccountKind",
    "AccountList",
    "ClockBody",
    "ClockDocument",
    "ComesBackDocument",
    "DeliveryDocument",
    "DeliveryPage",
    "DeliveryState",
    "DraftDuration",
    "DraftHoursPerWeek",
    "DraftPolicy",
    "DraftPost",
    "DraftPrice",
    "EndBody",
    "EndHow",
    "EndpointBody",
    "EndpointDocument",
    "EndpointList",
    "EntryDocument",
    "EntryDocumentReference",
    "EntryKind",
    "EntryPage",
    "Event",
    "EventDocument",
    "EventDocumentData",
    "EventPage",
    "ExplainedPrice",
    "FoundJob",
    "FoundJobs",
    "Gifts",
    "GrantBody",
    "GrantDocument",
    "GrantDone",
    "GrantKind",
    "GrantList",
    "GrantStatus",
    "Inputs",
    "InvitationDocument",
    "JobBody",
    "JobDocument",
    "JobDone",
    "JobDuration",
    "JobHoursPerWeek",
    "JobKind",
    "JobList",
    "JobStatus",
    "KeyDocument",
    "KeyScope",
    "Level",
    "ListedProposals",
    "ListEntriesOrder",
    "LotChange",
    "LotDocument",
    "LotKind",
    "LotPage",
    "MemberBody",
    "MemberDocument",
    "MemberDocumentRole",
    "MemberList",
    "MemberRole",
    "MovedDocument",
    "Order",
    "Ordering",
    "OwnAccount",
    "OwnEntriesOrder",
    "OwnProposal",
    "OwnProposalBody",
    "OwnProposalsWhich",
    "OwnQuotesBody",
    "PaidElsewhere",
    "PaymentStatus",
    "PaysFrom",
    "PostPrice",
    "PricedPost",
    "PriceEdit",
    "PriceEditParameters",
    "PriceReason",
    "PriceReasonParameters",
    "Problem",
    "ProblemParameters",
    "ProposalBody",
    "ProposalDocument",
    "ProposalDone",
    "ProposalList",
    "ProposalState",
    "PurchaseBody",
    "PurchaseDocument",
    "PurchaseDone",
    "PurchaseList",
    "PutAccountsJsonBodyType0Item",
    "PutAccountsJsonBodyType1",
    "PutAccountsJsonBodyType1ItemsItem",
    "PutGrantsJsonBodyType0Item",
    "PutGrantsJsonBodyType1",
    "PutGrantsJsonBodyType1ItemsItem",
    "PutJobsJsonBodyType0Item",
    "PutJobsJsonBodyType1",
    "PutJobsJsonBodyType1ItemsItem",
    "PutProposalsJsonBodyType0Item",
    "PutProposalsJsonBodyType1",
    "PutProposalsJsonBodyType1ItemsItem",
    "PutPurchasesJsonBodyType0Item",
    "PutPurchasesJsonBodyType1",
    "PutPurchasesJsonBodyType1ItemsItem",
    "QuoteDocument",
    "QuotesBody",
    "QuotesDocument",
    "RecordDocument",
    "RecordFacts",
    "Released",
    "ReplayBody",
    "ReturnCause",
    "SeenJob",
    "Signature",
    "Span",
    "Stage",
    "StepDocument",
    "TellProposalEvent",
    "TokenBody",
    "TokenDocument",
    "WalletDocument",
    "Which",
    "Words",
)
