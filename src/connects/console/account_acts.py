"""Acts of staff on one account: badges, a move, grants, suspension, closing; each checked first."""

from __future__ import annotations

from django.http import HttpRequest

from connects.acts.checks import accounts as checks
from connects.acts.checks import memberships
from connects.acts.checks.moves import check_move
from connects.acts.credits import award_badge
from connects.acts.leaving.erase_account import erase_account
from connects.acts.staff import grant_courtesy, take_back_grant
from connects.acts.staff import moderate as moderation
from connects.acts.staff.end_membership import end_membership
from connects.acts.staff.move_account import move_account
from connects.market.corrections.models import Correction, CorrectionState
from connects.market.people.models import Account, User
from connects.statements.checks.check import Check
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed
from connects.wording import figures
from connects.wording.dates import day
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


def check_of(request: HttpRequest, staff: User, account: Account) -> Check | Refused | None:
    """What is to be read before what the form asks for; None where it takes nothing away."""
    typed = Typed(request.POST)
    match typed.choice("act"):
        case "suspend" if typed.reason() and account.suspended is None:
            return checks.check_suspension(account, staff)
        case "reinstate" if account.suspended is not None:
            return checks.check_reinstatement(account, staff)
        case "erase" if typed.line("handle") == account.handle and account.erased is None:
            return checks.check_erasure(account, staff) if typed.reason() else None
        case "enrol":
            notice = typed.choice("when") != "now"
            return check_move(account, typed.line("policy"), staff, notice=notice)
        case "end-membership" if typed.reason():
            back = typed.choice("money") == "back"
            return memberships.check_end_of_membership(account, staff, money_back=back)
        case "void" if typed.reason():
            lot, credits = typed.row("lot"), typed.number_or_none("credits", 1)
            if lot is None or isinstance(credits, Refused):
                return None
            return memberships.check_void(account, staff, lot, credits)
        case _:
            return None


def done_text(request: HttpRequest, account: Account) -> str:
    """What is so once an act on an account is done."""
    typed, name = Typed(request.POST), account.name
    match typed.choice("act"):
        case "add-badge":
            return _(
                "{account} has the badge {badge}.", account=name, badge=typed.line("badge").lower()
            )
        case "remove-badge":
            return _(
                "{account} no longer has the badge {badge}.",
                account=name,
                badge=typed.line("badge").lower(),
            )
        case "suspend":
            return _("{account} is suspended, and was told.", account=name)
        case "reinstate":
            return _("{account} is no longer suspended, and was told.", account=name)
        case "erase":
            return _("{account} is erased.", account=name)
        case "enrol":
            return _moved_text(name, typed)
        case "end-membership":
            return _("The membership of {account} has ended, and they were told.", account=name)
        case _:
            return ngettext(
                "{account} has {n} Connect now.",
                "{account} has {n} Connects now.",
                memberships.held(account),
                account=name,
            )


def correction_text(correction: Correction) -> str:
    """What is so once Connects were granted or taken back, or a colleague is asked to agree."""
    if correction.state == CorrectionState.PROPOSED:
        return _("Nothing has happened yet: a second member of staff has to agree.")
    if correction.starts is not None:
        return _(
            "{account} gets the Connects on {day}, and was told.",
            account=correction.account.name,
            day=day(correction.starts),
        )
    has = ngettext(
        "{account} has {n} Connect now, and was told.",
        "{account} has {n} Connects now, and was told.",
        memberships.held(correction.account),
        account=correction.account.name,
    )
    return f"{has} {not_fitting(correction)}".rstrip()


def not_fitting(correction: Correction) -> str:
    """How much of a grant did not fit under the account's limit; "" where all of it did."""
    issued = correction.parameters.get(grant_courtesy.ISSUED)
    if issued is None:
        return ""
    return _(
        "Only {issued} of the {connects} fit under their limit.",
        issued=figures.number(issued),
        connects=figures.number(correction.connects),
    )


def _moved_text(name: str, typed: Typed) -> str:
    rules = typed.line("policy")
    if typed.choice("when") == "now":
        return _("{account} moves to {rules} now.", account=name, rules=rules)
    return _("{account} moves to {rules} after the notice, and is told.", account=name, rules=rules)


def change_badge(request: HttpRequest, staff: User, account: Account) -> str:
    """Add or remove the badge that the form names; return what is wrong, if anything."""
    name = Typed(request.POST).line("badge", award_badge.NAME_CHARACTERS).lower()
    act = (
        award_badge.add_badge
        if Typed(request.POST).choice("act") == "add-badge"
        else award_badge.remove_badge
    )
    answer = act(account, name, staff)
    return refusal_text(answer) if isinstance(answer, Refused) else ""


def move(request: HttpRequest, staff: User, account: Account) -> str:
    """Move the account to the rule book that the form names; return what is wrong, if anything."""
    typed = Typed(request.POST)
    answer = move_account(
        account, staff, typed.line("policy"), notice=typed.choice("when") != "now"
    )
    return refusal_text(answer) if isinstance(answer, Refused) else ""


def end_plan(request: HttpRequest, staff: User, account: Account) -> str:
    """End the account's membership now; return what is wrong, if anything."""
    reason = Typed(request.POST).reason()
    if not reason:
        return _("Give a reason. Nothing was changed.")
    back = Typed(request.POST).choice("money") == "back"
    answer = end_membership(account, staff, reason, money_back=back)
    return refusal_text(answer) if isinstance(answer, Refused) else ""


def erase(request: HttpRequest, staff: User, account: Account) -> str:
    """Close the account and erase what is personal in it; return what is wrong, if anything."""
    typed = Typed(request.POST)
    if typed.line("handle") != account.handle:
        return _("Enter the account's handle to confirm. Nothing was erased.")
    answer = erase_account(account, staff, typed.reason())
    return refusal_text(answer) if isinstance(answer, Refused) else ""


def take_back(request: HttpRequest, staff: User, account: Account) -> str | Correction:
    """Take back what the form names of a lot; the correction, or what is wrong with it."""
    typed = Typed(request.POST)
    lot, credits = typed.row("lot"), typed.number_or_none("credits", 1)
    if lot is None or isinstance(credits, Refused) or not typed.reason():
        return _("Choose the Connects, how many of them, and give a reason. Nothing was changed.")
    answer = take_back_grant.void(account, lot, credits, typed.reason(), staff, typed.key())
    return refusal_text(answer) if isinstance(answer, Refused) else answer


def write_off(request: HttpRequest, staff: User, account: Account) -> str | Correction:
    """Forgive what the form names of the account's debt; the correction, or what is wrong with it."""
    typed = Typed(request.POST)
    credits = typed.whole_number("credits", 1)
    if isinstance(credits, Refused) or not typed.reason():
        return _("Enter a whole number of Connects and a reason. Nothing was changed.")
    answer = take_back_grant.write_off(account, credits, typed.reason(), staff, typed.key())
    return refusal_text(answer) if isinstance(answer, Refused) else answer


def grant(request: HttpRequest, staff: User, account: Account) -> str | Correction:
    """Grant what the form says, or propose to; return what is wrong, if anything."""
    typed = Typed(request.POST)
    credits = typed.whole_number("credits", 1)
    starts, ends = typed.moment("starts"), typed.moment("expires")
    if isinstance(credits, Refused) or not typed.reason():
        return _("Enter a whole number of Connects and a reason. Nothing was granted.")
    if (ends is None and typed.line("expires")) or (starts is None and typed.line("starts")):
        return _(
            "Enter start and end as dates and times in UTC, or leave them empty. Nothing was granted."
        )
    answer = grant_courtesy.grant(
        account, credits, typed.reason(), staff, typed.key(), ends, starts=starts
    )
    return refusal_text(answer) if isinstance(answer, Refused) else answer


def change_standing(request: HttpRequest, staff: User, account: Account) -> str:
    """Suspend or reinstate the account; return what is wrong, if anything."""
    reason = Typed(request.POST).reason()
    act = (
        moderation.suspend
        if Typed(request.POST).choice("act") == "suspend"
        else moderation.reinstate
    )
    answer = act(account, staff, reason)
    return refusal_text(answer) if isinstance(answer, Refused) else ""
