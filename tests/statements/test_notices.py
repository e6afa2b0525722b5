"""Notices: each says what happened with its numbers, has a subject, and belongs to a group."""

from typing import Any

import pytest

from connects.bootstrap.addresses import path_of
from connects.statements.notices.groups import GROUPS, HOW_WORDS, How, group_of
from connects.statements.notices.table import (
    NOTICE_KINDS,
    notice_lines,
    notice_link,
    notice_subject,
    notice_text,
)
from connects.vocabulary.returns import ReturnCause

WHEN = "2026-12-01T00:00:00+00:00"
LATER = "2026-12-05T00:00:00+00:00"
DAY = "1 December 2026, 00:00 UTC"

PAID = {"cents": 150, "currency": "USD"}

# Some are told twice: as they are written now, and as they were once, with amounts as texts.
TOLD: list[tuple[str, dict[str, Any], list[str]]] = [
    ("connects-returned", {"connects": 6, "cause": "closed_without_hire"}, ["6", "without hiring"]),
    ("connects-returned", {"connects": 3, "cause": "appeal"}, ["3", "your appeal", "was granted"]),
    (
        "connects-returned",
        {"connects": 6, "cause": "withdrawn", "expired": 2},
        ["6", "2 of them", "expired at once"],
    ),
    (
        "connects-returned",
        {"connects": 6, "cause": "withdrawn", "expired": 6},
        ["They had passed", "expired at once"],
    ),
    (
        "connects-released",
        {"connects": 6, "why": "ran_out", "title": "Logo", "expired": 2, "owed": 0},
        ["6", "“Logo”", "not sent in time", "2 of them", "expired at once"],
    ),
    (
        "connects-released",
        {"connects": 6, "why": "suspended", "title": "Logo", "expired": 0, "owed": 4},
        ["6", "suspended", "4 of them pay what you owed"],
    ),
    (
        "connects-granted",
        {"connects": 60, "cause": "badge", "about": "", "balance": 80, "withheld": 0},
        ["60", "badge", "80"],
    ),
    (
        "connects-granted",
        {"connects": 10, "cause": "interview", "about": "Logo", "balance": 15, "withheld": 0},
        ["10", "“Logo”", "15"],
    ),
    (
        "connects-granted",
        {"connects": 5, "cause": "promo", "about": "SPRING", "balance": 140, "withheld": 7},
        ["5", "SPRING", "140", "7 more did not fit"],
    ),
    (
        "connects-granted",
        {"connects": 5, "cause": "courtesy", "about": "sorry", "balance": 9, "withheld": 0},
        ["5", "sorry", "9"],
    ),
    ("reward-taken-back", {"connects": 10, "title": "Logo"}, ["10", "“Logo”"]),
    ("connects-expiring", {"connects": 6, "days": 30, "expires": WHEN}, ["6", "30", DAY]),
    (
        "connects-expired",
        {"connects": 6, "expired": WHEN, "balance": 5, "kind": "purchase", "issued": "2025-12-01"},
        ["6 Connects", "rom what you bought on 1 December 2025", DAY, "You now have 5"],
    ),
    (
        "connects-expired",
        {"connects": 1, "expired": WHEN, "balance": 0},
        ["1 ", "expired", DAY, "You now have 0"],
    ),
    ("connects-not-rolling-over", {"connects": 6, "when": WHEN}, ["6", DAY]),
    (
        "connects-not-rolling-over",
        {"connects": 6, "when": WHEN, "balance": 90},
        ["6", DAY, "You now have 90"],
    ),
    (
        "connects-returned",
        {"connects": 3, "cause": "unread", "paid": 5, "opened": False, "balance": 80},
        ["3 Connects back", "now have 80"],
    ),
    (
        "connects-returned",
        {"connects": 3, "cause": "closed_after_hire", "paid": 5, "opened": True, "balance": 80},
        ["You had paid 5 Connects, and the client had opened your letter. You now have 80."],
    ),
    ("offer", {"title": "Logo"}, ["“Logo”"]),
    ("balance-low", {"balance": 4}, ["4 Connects left"]),
    ("plan-begun", {"plan": "Plus", "connects": 70, "balance": 210, "renews": WHEN}, ["70", DAY]),
    (
        "plan-begun",
        {"plan": "Plus", "connects": 0, "balance": 9, "renews": WHEN},
        [f"Plus has begun. It renews on {DAY}"],
    ),
    ("payment-not-made", {**PAID, "credits": 10}, ["$1.50", "10 Connects", "not charged"]),
    ("payment-not-made", {"amount": "$1.50", "what": "10 Connects"}, ["$1.50", "10 Connects"]),
    ("policy-changed", {"rule_book": "Fair", "client": False}, ["Fair", "keep all"]),
    ("reconsidered", {"title": "Logo"}, ["“Logo”", "no longer declined"]),
    ("job-reopened", {"title": "Logo"}, ["“Logo”", "reopened"]),
    ("job-closed", {"title": "Logo", "cause": "removed_for_terms"}, ["“Logo”", "broke our rules"]),
    ("job-closed", {"title": "Logo", "cause": "never_closed"}, ["“Logo”", "did nothing"]),
    ("proposal-withdrawn", {"title": "Logo", "name": "Ana"}, ["“Logo”", "Ana"]),
    ("invitation-declined", {"title": "Logo", "name": "Ana"}, ["“Logo”", "Ana"]),
    ("flag-decided", {"title": "Logo", "upheld": True}, ["“Logo”", "You were right"]),
    ("flag-decided", {"title": "Logo", "upheld": False}, ["“Logo”", "may stay"]),
    ("cloud-joined", {"client": "Acme", "name": "Designers"}, ["Acme", "“Designers”"]),
    ("cloud-left", {"client": "Acme", "name": "Designers"}, ["Acme", "“Designers”"]),
    ("post-expired", {"title": "Logo"}, ["“Logo”", "post it again"]),
    (
        "search-found",
        {"search": "7", "name": "Logos", "count": 3, "title": "A logo"},
        ["3 new jobs fit your search “Logos”", "“A logo”"],
    ),
    (
        "search-found",
        {"search": "7", "name": "Logos", "count": 1, "title": "A logo"},
        ["A new job fits your search “Logos”"],
    ),
    ("team-invitation-withdrawn", {"name": "Harbour"}, ["Harbour"]),
    ("team-left", {"name": "Ana"}, ["Ana"]),
    ("team-removed", {"name": "Harbour"}, ["Harbour"]),
    ("team-terms", {"name": "Harbour", "most": 40, "may_spend": True}, ["at most 40"]),
    ("team-terms", {"name": "Harbour", "most": None, "may_spend": True}, ["as many"]),
    ("team-terms", {"name": "Harbour", "most": None, "may_spend": False}, ["none of"]),
    ("agency-frozen", {"name": "Harbour"}, ["Harbour"]),
    ("agency-revived", {"name": "Harbour"}, ["Harbour"]),
    ("offer-answered", {"title": "Logo", "answer": "accepted"}, ["“Logo”", "accepted"]),
    (
        "offer-answered",
        {"title": "Logo", "answer": "declined", "name": "Ana"},
        ["Ana declined your offer for “Logo”"],
    ),
    ("message", {"title": "Logo"}, ["“Logo”"]),
    (
        "appeal-decided",
        {"title": "Logo", "state": "granted", "reason": "the post was a copy"},
        ["“Logo”", "granted", "the post was a copy"],
    ),
    (
        "invited",
        {"title": "Logo", "client": "Acme"},
        ["Acme invites you", "“Logo”", "costs nothing"],
    ),
    (
        "post-waiting",
        {"title": "Logo", "proposals": 4, "closes": False, "people": 4, "connects": 14},
        ["“Logo”", "4 freelancers get 14 Connects back"],
    ),
    (
        "post-waiting",
        {"title": "Logo", "proposals": 1, "closes": False, "people": 1, "connects": 1},
        ["1 freelancer gets 1 Connect back"],
    ),
    (
        "post-waiting",
        {"title": "Logo", "proposals": 6, "closes": True},
        ["“Logo”", "6", "we will close it for you"],
    ),
    (
        "team-invited",
        {"name": "Harbour", "role": "admin", "expires": WHEN},
        ["Harbour", "an admin", DAY],
    ),
    (
        "team-invited",
        {"name": "Harbour", "role": "member", "expires": WHEN},
        ["Harbour", "a member"],
    ),
    ("team-invitation-answered", {"name": "Ana", "answer": "accepted"}, ["Ana", "accepted"]),
    (
        "post-removed",
        {"title": "Logo", "reason": "it asks for a fee"},
        ["“Logo”", "asks for a fee"],
    ),
    ("post-removed", {"title": "Logo", "reason": ""}, ["“Logo”", "see the rules"]),
    (
        "post-waiting",
        {"title": "Logo", "proposals": 6, "closes": True, "closing": WHEN},
        [f"we will close it for you on {DAY}."],
    ),
    (
        "post-waiting",
        {
            "title": "Logo",
            "proposals": 6,
            "closes": True,
            "closing": WHEN,
            "people": 6,
            "connects": 20,
            "people_later": 5,
            "connects_later": 8,
        },
        ["6 freelancers get 20", f"for you on {DAY}, and 5 freelancers get 8 Connects back"],
    ),
    (
        "post-waiting",
        {"title": "Logo", "proposals": 0, "closes": True, "closing": WHEN},
        [f"we will close it for you on {DAY}."],
    ),
    ("post-closed-for-silence", {"title": "Logo"}, ["“Logo”", "reopen it"]),
    (
        "post-closed-for-silence",
        {"title": "Logo", "days": 21, "people": 6, "connects": 12, "until": WHEN},
        ["for 21 days", "6 freelancers get 12 Connects back", f"reopen it until {DAY}"],
    ),
    (
        "post-closed-for-silence",
        {"title": "Logo", "days": 21, "people": 0, "connects": 0, "until": None},
        ["for 21 days. You can post it again."],
    ),
    ("policy-change", {"effective": WHEN, "rule_book": "Fair Connects"}, [DAY, "Fair Connects"]),
    ("policy-change-cancelled", {"rule_book": "Paid Connects"}, ["Paid Connects"]),
    (
        "policy-change-cancelled",
        {"rule_book": "Paid Connects", "called_off": "Fair Connects"},
        ["the change to Fair Connects. You are on Paid Connects."],
    ),
    ("membership-payment-failed", {"plan": "Plus", "next_try": WHEN}, ["Plus", DAY]),
    (
        "membership-payment-failed",
        {"plan": "Plus", "next_try": WHEN, **PAID},
        ["could not take $1.50 for Plus", DAY],
    ),
    (
        "membership-payment-failed",
        {"plan": "Plus", "next_try": WHEN, "ends": LATER, "cause": "declined", **PAID},
        [
            "$1.50 for Plus. Your bank declined it",
            DAY,
            "on Plus until 5 December",
            "once it is paid",
        ],
    ),
    (
        "membership-payment-failed",
        {"plan": "Plus", "next_try": WHEN, "ends": WHEN, "cause": "unheard_of", **PAID},
        ["for the last time on 1 December", "Plus ends", "once it is paid"],
    ),
    ("membership-ended", {"plan": "Plus"}, ["Plus", "You keep all of your Connects"]),
    ("membership-ended", {"plan": "Plus", "balance": 140}, ["Plus", "You now have 140"]),
    ("membership-ended-early", {"plan": "Plus", "money_back": True}, ["Plus", "money"]),
    ("membership-ended-early", {"plan": "Plus", "money_back": False}, ["Plus", "Connects"]),
    (
        "membership-ended-early",
        {"plan": "Plus", "money_back": False, "balance": 110},
        ["Plus", "You keep your 110 Connects."],
    ),
    (
        "membership-ended-early",
        {"plan": "Plus", "money_back": False, "balance": 0},
        ["Plus", "You have no Connects left."],
    ),
    ("membership-lapsed", {"plan": "Plus"}, ["Plus", "suspended"]),
    (
        "connects-voided",
        {"connects": 4, "reason": "granted twice", "balance": 9},
        ["4", "granted twice", "9"],
    ),
    ("connects-coming", {"connects": 25, "about": "sorry", "starts": WHEN}, ["25", "sorry", DAY]),
    (
        "debt-written-off",
        {"connects": 3, "reason": "our mistake", "debt": 2},
        ["3", "our mistake", "2"],
    ),
    ("connects-waiting", {"connects": 12, "until": WHEN}, ["12", DAY]),
    (
        "waiting-connects",
        {"connects": 5, "balance": 350, "left": 7, "until": WHEN},
        ["5", "350", "7 more", DAY],
    ),
    ("waiting-connects-lapsed", {"connects": 7}, ["7"]),
    (
        "payment-received",
        {**PAID, "plan": "Plus", "receipt": "R-1"},
        ["$1.50", "Plus membership", "R-1"],
    ),
    ("payment-going-back", {**PAID, "credits": 10}, ["$1.50", "10 Connects"]),
    (
        "purchase-reversed",
        {**PAID, "credits": 10, "connects": 6, "debt": 4},
        ["$1.50", "6 Connects", "4"],
    ),
    (
        "purchase-reversed",
        {**PAID, "credits": 10, "connects": 10, "debt": 0, "balance": 8, "by_bank": True},
        ["Your bank took back $1.50 for 10 Connects", "You now have 8"],
    ),
    (
        "refund-came-back",
        {"amount": "$1.50", "what": "10 Connects", "connects": 10},
        ["$1.50", "10 Connects"],
    ),
    (
        "dispute-won",
        {"amount": "$1.50", "what": "10 Connects", "connects": 10},
        ["$1.50", "10 Connects"],
    ),
    (
        "topped-up",
        {
            "connects": 20,
            "cents": 300,
            "currency": "USD",
            "below": 5,
            "balance": 24,
            "left_cents": 27_00,
            "ceiling_cents": 30_00,
        },
        ["20", "$3.00", "5", "24", "$27.00", "$30.00"],
    ),
    (
        "topped-up",
        {
            "connects": 20,
            "amount": "$3.00",
            "below": 5,
            "balance": 24,
            "left": "$27.00",
            "ceiling": "$30.00",
        },
        ["20", "$3.00", "5", "24", "$27.00", "$30.00"],
    ),
    ("top-up-waits", {"connects": 20}, ["20", "Nothing"]),
    ("top-up-stopped", {"connects": 20}, ["20", "off", "Nothing"]),
    ("top-up-stopped", {"connects": 20, "cause": "expired_card"}, ["The card has expired"]),
    (
        "top-up-ceiling",
        {"connects": 20, "ceiling_cents": 30_00, "currency": "USD"},
        ["20", "$30.00"],
    ),
    ("top-up-ceiling", {"connects": 20, "ceiling": "$30.00"}, ["20", "$30.00"]),
    ("earnings-withdrawn", {"cents": 420_00, "currency": "USD"}, ["$420.00"]),
    (
        "earnings-withdrawn",
        {"cents": 420_00, "kept_cents": 20_00, "currency": "USD"},
        ["$420.00", "$20.00 stays here to pay for Connects"],
    ),
    ("earnings-withdrawn", {"cents": 420, "currency": "JPY"}, ["JPY 420"]),
    ("earnings-withdrawn", {"cents": 1_500, "currency": "KWD"}, ["KWD 1.500"]),
    (
        "proposal-received",
        {"title": "A shop", "name": "Ana"},
        ["Ana", "A shop"],
    ),
    (
        "program-sent",
        {"title": "A shop", "program": "Bot", "key": "connects_0", "connects": 4},
        ["“Bot”", "connects_0", "A shop", "4 Connects"],
    ),
    (
        "program-withdrew",
        {"title": "A shop", "program": "Bot", "key": "connects_0", "connects": 0},
        ["“Bot”", "A shop", "No Connects"],
    ),
    ("shortlisted", {"title": "A shop"}, ["A shop"]),
    ("hired", {"title": "A shop"}, ["hired", "A shop"]),
    ("declined", {"title": "A shop"}, ["declined", "A shop"]),
    ("not-chosen", {"title": "A shop", "client": "Acme"}, ["A shop", "Acme hired somebody else"]),
    (
        "another-hired",
        {"title": "A shop", "client": "Acme"},
        ["Acme hired somebody else", "your proposal stands"],
    ),
    ("job-closed", {"title": "A shop", "client": "Acme"}, ["A shop", "Acme closed it"]),
    ("job-changed", {"title": "A shop", "was": 4, "now": 6}, ["A shop", "6 Connects"]),
    ("appeal-received", {"title": "A shop"}, ["A shop"]),
    ("connects-forfeited", {"connects": 104, "balance": 160}, ["104 Connects", "160"]),
    ("suspended", {"reason": "spam"}, ["suspended", "spam"]),
    (
        "suspended",
        {"reason": "spam", "client": False, "balance": 14},
        ["spam", "not propose", "14 Connects, which expire on their dates", "a membership"],
    ),
    (
        "suspended",
        {"reason": "spam", "client": True, "balance": None},
        ["spam", "not propose, post", "Your open jobs have ended"],
    ),
    (
        "connects-released",
        {"connects": 6, "why": "ran_out", "title": "Logo", "expired": 6, "owed": 0},
        ["6 Connects", "“Logo”", "they have expired"],
    ),
    (
        "connects-returned",
        {"connects": 1, "cause": "withdrawn", "expired": 1, "title": "Logo", "balance": 2},
        ["It had passed its expiry date", "You now have 2"],
    ),
    (
        "purchase-reversed",
        {**PAID, "credits": 10, "connects": 0, "debt": 4},
        ["We refunded $1.50 for 10 Connects.", "You owe 4"],
    ),
    ("reinstated", {}, ["no longer suspended"]),
]


@pytest.mark.parametrize(("code", "parameters", "facts"), TOLD)
def test_a_notice_tells_its_facts(code: str, parameters: dict[str, Any], facts: list[str]) -> None:
    words = notice_text(code, parameters)

    assert [fact for fact in facts if fact not in words] == [], words
    assert not words[0].islower()
    assert "None" not in words
    assert "  " not in words


@pytest.mark.parametrize(("code", "parameters", "facts"), TOLD)
def test_the_inbox_tells_the_same_facts_below_a_title(
    code: str, parameters: dict[str, Any], facts: list[str]
) -> None:
    title, more = notice_lines(code, parameters)
    words = f"{title}. {more}"
    as_one_sentence = words.replace(". For ", " for ")

    assert [fact for fact in facts if fact not in words and fact not in as_one_sentence] == [], (
        words
    )
    assert "None" not in words
    assert f"“{parameters.get('title')}”" not in title, "the job stands below"
    assert more


def test_every_notice_is_told_here() -> None:
    assert {code for code, *_ in TOLD} == set(NOTICE_KINDS)


@pytest.mark.parametrize(("code", "parameters", "facts"), TOLD)
def test_every_notice_has_a_subject_that_fits_a_line(
    code: str, parameters: dict[str, Any], facts: list[str]
) -> None:
    long: dict[str, Any] = parameters | {
        name: str(parameters[name]) * 40 for name in ("title", "name") if name in parameters
    }

    for subject in (notice_subject(code, parameters), notice_subject(code, long)):
        assert 0 < len(subject) <= 60
        assert "None" not in subject
        assert len(subject.splitlines()) == 1


def test_a_subject_promises_nothing_that_has_expired() -> None:
    gone: dict[str, Any] = {"connects": 6, "expired": 6, "title": "Logo", "why": "", "cause": ""}

    assert notice_subject("connects-released", gone) == "6 Connects held for you have expired: Logo"
    assert notice_subject("connects-returned", gone).startswith("6 Connects came back, but had")
    assert "again" in notice_subject("connects-released", gone | {"expired": 2})
    assert notice_subject("connects-returned", gone | {"expired": 0}).startswith("You got 6")


def test_notices_that_mean_different_things_have_different_subjects() -> None:
    """A member sorts e-mails by their subjects: here each kind is told about one thing."""
    told: dict[str, str] = {}
    for code, parameters, _ in TOLD:
        told.setdefault(code, notice_subject(code, parameters | {"title": "A shop", "name": "Ana"}))

    assert len(set(told.values())) == len(told)


def test_one_connect_is_spoken_of_as_one() -> None:
    for code, parameters, _ in TOLD:
        one: dict[str, Any] = parameters | {
            name: 1
            for name in ("connects", "expired", "owed", "debt", "balance", "n")
            if isinstance(parameters.get(name), int)
        }
        said = f"{notice_subject(code, one)}. {notice_text(code, one)}"
        wrong = [
            each for each in ("1 Connects", "1 of them have", "1 of them pay ") if each in said
        ]
        assert wrong == [], said


def test_a_subject_has_the_number_and_the_job() -> None:
    told: dict[str, Any] = {"connects": 6, "cause": "appeal", "title": "Logo for a bakery"}

    assert notice_subject("connects-returned", told) == "You got 6 Connects back: Logo for a bakery"
    assert notice_subject("balance-low", {"balance": 1}) == "You have 1 Connect left"
    assert "news" in notice_subject("unheard-of", {})


def test_every_notice_belongs_to_one_group() -> None:
    sorted_codes = [code for group in GROUPS for code in group.codes]

    assert sorted(sorted_codes) == sorted(NOTICE_KINDS)
    assert all(group_of(code) is not None for code in NOTICE_KINDS)


@pytest.mark.parametrize("code", sorted(NOTICE_KINDS))
def test_every_notice_leads_to_a_page_of_the_site(code: str) -> None:
    rows = {"proposal": "proposal:0123456789abcdef", "job": "0123456789abcdef", "search": "7"}

    link = notice_link(code, rows)

    assert link is not None
    assert path_of(link).startswith("/")
    assert link.words[0].isupper()
    assert ":" not in link.of


def test_a_notice_from_before_it_had_a_page_leads_nowhere() -> None:
    assert notice_link("offer", {"title": "A shop"}) is None
    assert notice_link("unheard-of", {}) is None


def test_a_code_that_nobody_has_sorted_is_in_no_group_and_says_only_that_there_is_news() -> None:
    assert group_of("unheard-of") is None
    assert "news" in notice_text("unheard-of", {})


def test_what_costs_a_member_something_cannot_be_switched_off() -> None:
    for group in GROUPS:
        assert (How.NEVER in group.choices) is group.may_be_off
    for code in ("policy-change", "membership-ended", "payment-received", "purchase-reversed"):
        found = group_of(code)
        assert found is not None
        assert not found.may_be_off


def test_every_choice_has_words() -> None:
    assert set(HOW_WORDS) == set(How)
    assert len({group.name for group in GROUPS}) == len(GROUPS)


@pytest.mark.parametrize("cause", ReturnCause)
def test_every_cause_of_a_return_is_told(cause: ReturnCause) -> None:
    words = notice_text("connects-returned", {"connects": 6, "cause": cause.value})

    assert words != notice_text("connects-returned", {"connects": 6, "cause": "unheard-of"})


def test_nothing_is_told_that_did_not_happen() -> None:
    def told(code: str, **parameters: Any) -> str:
        return notice_text(code, parameters)

    granted = {"connects": 5, "cause": "badge", "about": "", "balance": 5}
    reversed_ = {"amount": "$1.50", "what": "10 Connects", "connects": 10}
    waiting = {"connects": 5, "balance": 9, "until": WHEN}

    assert "did not fit" not in told("connects-granted", **granted, withheld=0)
    assert "owe" not in told("purchase-reversed", **reversed_, debt=0)
    assert "more" not in told("waiting-connects", **waiting, left=0)
    assert "expired" not in told("connects-returned", connects=6, cause="appeal", expired=0)
    assert "we close it" not in told("post-waiting", title="Logo", proposals=6)
