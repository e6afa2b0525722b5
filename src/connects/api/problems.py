"""The API's answer to what it does not do: one shape, with a stable code.

Refusals of the services keep their own codes and words; what only the API can have against a request
stands here. `docs/api.md` lists every code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ninja import Schema
from pydantic import Field
from structlog.contextvars import get_contextvars

from connects.statements.problem_words import field_problem_text
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import Parameter, RefusalCode, Refused
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

PROBLEMS_MOST = 20
FIELD_CHARACTERS = 60


class Problem(Schema):
    """Why something was not done (RFC 9457, with a code). Nothing was changed."""

    type: str = Field(description="The code as a URI: `urn:connects:problem:CODE`.")
    title: str = Field(description="The code in words.")
    status: int
    detail: str = Field(description="The same as `message`.")
    instance: str = Field(description="The request's id, as in `Connects-Request-Id`.")
    code: str = Field(description="A stable word for programs.")
    message: str = Field(description="What was wrong and what to do, for people.")
    parameters: dict[str, object] = Field(description="The facts that the message is made from.")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that the API itself has against a request."""

    status: int
    code: str
    message: str

    def problem(self, **parameters: Parameter) -> Problem:
        return problem_of(self.status, self.code, _(self.message), parameters)


def problem_of(status: int, code: str, message: str, parameters: Mapping[str, object]) -> Problem:
    """A problem in its whole shape."""
    return Problem(
        type=f"urn:connects:problem:{code}",
        title=code.replace("_", " ").capitalize(),
        status=status,
        detail=message,
        instance=str(get_contextvars().get("request_id", "")),
        code=code,
        message=message,
        parameters=dict(parameters),
    )


BAD_REQUEST = Fault(
    400, "bad_request", mark("This request could not be read. Check its address and its headers.")
)
MALFORMED = Fault(
    400, "malformed", mark("The body is not JSON that can be read. Send one JSON object, in UTF-8.")
)
NOT_SIGNED_IN = Fault(
    401,
    "not_signed_in",
    mark(
        "Nobody is signed in. Send an API key as `Authorization: Bearer KEY`, or sign in on the site."
    ),
)
CSRF_FAILED = Fault(
    403,
    "csrf_failed",
    mark(
        "This request did not prove that it comes from the site. Send the cookie `csrftoken` as the"
        " header `X-CSRFToken`, too, or use an API key."
    ),
)
FORBIDDEN = Fault(
    403, "forbidden", mark("This is not for your account. Call with one that may do it.")
)
NOT_FOUND = Fault(
    404, "not_found", mark("There is no such thing, or it is not yours to see. Check the address.")
)
METHOD_NOT_ALLOWED = Fault(
    405,
    "method_not_allowed",
    mark("This address does not take that method. The header `Allow` lists those that it takes."),
)
LENGTH_REQUIRED = Fault(
    411, "length_required", mark("The body came in chunks. Send it whole, with `Content-Length`.")
)
TOO_LARGE = Fault(413, "too_large", mark("The body is too large. Send at most a million bytes."))
NOT_JSON = Fault(
    415, "not_json", mark("The body must be JSON. Send it with `Content-Type: application/json`.")
)
IDEMPOTENCY_KEY_NEEDED = Fault(
    400,
    "idempotency_key_needed",
    mark("Send your own id of it as the header `Idempotency-Key`, or PUT it to its address."),
)
QUOTE_UNKNOWN = Fault(
    422,
    "quote_unknown",
    mark("This quote is not one of ours. Ask for a quote, and send its id as it is."),
)
QUOTE_EXPIRED = Fault(
    409,
    "quote_expired",
    mark("This quote was honoured for 10 minutes, and they are over. Ask again."),
)
QUOTE_OF_ANOTHER = Fault(
    422,
    "quote_of_another",
    mark("This quote is for another account or job. Ask for one for these two."),
)
CURSOR_UNKNOWN = Fault(
    422,
    "cursor_unknown",
    mark(
        "This cursor is not one of ours, or of another list. Begin without one, and send `next` as it is."
    ),
)
CURSOR_OF_ANOTHER_INSTALLATION = Fault(
    422,
    "cursor_of_another_installation",
    mark(
        "This cursor is of another installation of Connects, whose events have other places. Begin"
        " without one here."
    ),
)
TOO_MANY_ITEMS = Fault(
    422,
    "too_many_items",
    mark("These are too many items for one call. Send at most 1,000 at a time."),
)
BEHIND = Fault(
    503, "behind", mark("The wallet has not got that far here yet. Ask again in a second.")
)
VERSION_UNKNOWN = Fault(
    400,
    "version_unknown",
    mark("There is no such version. Send one of `known` as `Connects-Version`, or none."),
)
SANDBOX_ONLY = Fault(
    403,
    "sandbox_only",
    mark(
        "The clock can be moved in a sandbox alone, and this is a real installation. Start one with"
        " `connects run --sandbox`."
    ),
)
CLOCK_GOES_FORWARD = Fault(
    422,
    "clock_goes_forward",
    mark("The clock goes forward, by at most five years at a time. Send an instant after `now`."),
)
WRONG_KIND = Fault(
    422, "wrong_kind", mark("This account is of another kind than can stand here. Check the id.")
)


UNKNOWN = {
    noun: Fault(404, f"{noun}_unknown", message)
    for noun, message in {
        "account": mark("There is no account with this id. Send it first, or check the id."),
        "job": mark("There is no job with this id. Send it first, or check the id."),
        "proposal": mark("There is no proposal with this id. Send it first, or check the id."),
        "purchase": mark("There is no purchase with this id. Send it first, or check the id."),
        "grant": mark("There is no grant with this id. Send it first, or check the id."),
        "member": mark("There is no member with this id. Send it first, or check the id."),
        "endpoint": mark("There is no endpoint with this id. Send it first, or check the id."),
    }.items()
}
"""That there is none of an id, in the request's address or its body."""
SERVER_ERROR = Fault(
    500,
    "server_error",
    mark("Something broke on our side. What you did was undone as a whole. Try again in a minute."),
)
UNAVAILABLE = Fault(
    503,
    "unavailable",
    mark(
        "The service is away for a moment. What you did was undone as a whole. Call again after as many"
        " seconds as the header `Retry-After` says."
    ),
)

FAULTS = (
    BAD_REQUEST,
    MALFORMED,
    NOT_SIGNED_IN,
    CSRF_FAILED,
    FORBIDDEN,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    LENGTH_REQUIRED,
    TOO_LARGE,
    NOT_JSON,
    IDEMPOTENCY_KEY_NEEDED,
    QUOTE_UNKNOWN,
    QUOTE_EXPIRED,
    QUOTE_OF_ANOTHER,
    CURSOR_UNKNOWN,
    CURSOR_OF_ANOTHER_INSTALLATION,
    TOO_MANY_ITEMS,
    BEHIND,
    VERSION_UNKNOWN,
    SANDBOX_ONLY,
    CLOCK_GOES_FORWARD,
    WRONG_KIND,
    *UNKNOWN.values(),
    SERVER_ERROR,
    UNAVAILABLE,
)

STATUS_OF_REFUSAL = {
    RefusalCode.INSUFFICIENT_CONNECTS: 402,
    RefusalCode.PAYMENT_DECLINED: 402,
    RefusalCode.NOT_ALLOWED: 403,
    RefusalCode.NOT_MEMBER: 403,
    RefusalCode.JOB_CLOSED: 409,
    RefusalCode.ALREADY_PROPOSED: 409,
    RefusalCode.PRICE_CHANGED: 409,
    RefusalCode.HOLD_EXPIRED: 409,
    RefusalCode.BALANCE_CAP: 409,
    RefusalCode.BATCH_REFUSED: 409,
    RefusalCode.PAYMENT_METHOD_UNAVAILABLE: 409,
    RefusalCode.INVALID: 422,
    RefusalCode.BUNDLE_UNKNOWN: 422,
    RefusalCode.RULE_BOOK_UNKNOWN: 422,
    RefusalCode.TOO_MANY_CALLS: 429,
    RefusalCode.BUSY: 503,
}
"""The refusals that the API's operations can answer with."""


def status_of(refused: Refused) -> int:
    """The HTTP status of a refusal; 429 for what was done too often, whatever its code."""
    return 429 if refused.retry_after_seconds is not None else STATUS_OF_REFUSAL[refused.code]


ANSWERS = dict.fromkeys((400, 401, 403, 404, 413, 415, 422, 429), Problem)
"""What every operation may answer beside what it is for; declared once, for all of them."""

HOST_ANSWERS = {**ANSWERS, **dict.fromkeys((402, 409, 412, 503), Problem)}
"""The same of operations for a host's server, which also meet how things stand."""

OWN_ANSWERS = {**ANSWERS, **dict.fromkeys((402, 409, 503), Problem)}
"""The same of operations for members' own programs."""


def refusal_problem(refused: Refused) -> Problem:
    """A refusal of a service in the API's shape; `invalid` is always a list of what is wrong."""
    if refused.code is RefusalCode.INVALID:
        return invalid([{"field": "body", **refused.parameters}])
    return problem_of(
        status_of(refused), refused.code.value, refusal_text(refused), refused.parameters
    )


def invalid(problems: Sequence[Mapping[str, Parameter]]) -> Problem:
    """All that is wrong with a body; each has the `field`, what its `problem` is, and perhaps limits."""
    told = problems[:PROBLEMS_MOST]
    words = " ".join(field_problem_text(str(each["field"]), each) for each in told)
    return problem_of(
        422,
        RefusalCode.INVALID.value,
        " ".join((words, _("Put that right and call again."))),
        {"problems": [dict(each) for each in told]},
    )
