"""The API's answer to what it does not do: one shape, with a stable code.

Refusals of the services keep their own codes and words; what only the API can have against a request
stands here. `docs/api.md` lists every code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ninja import Schema
from pydantic import Field

from connects.statements.problem_words import field_problem_text
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import Parameter, RefusalCode, Refused

PROBLEMS_MOST = 20
FIELD_CHARACTERS = 60


class Problem(Schema):
    """Why something was not done. Nothing was changed."""

    code: str = Field(description="A stable word for programs.")
    message: str = Field(description="What was wrong and what to do, for people.")
    parameters: dict[str, object] = Field(description="The facts that the message is made from.")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that the API itself has against a request."""

    status: int
    code: str
    message: str

    def problem(self) -> Problem:
        return Problem(code=self.code, message=self.message, parameters={})


BAD_REQUEST = Fault(
    400, "bad_request", "This request could not be read. Check its address and its headers."
)
MALFORMED = Fault(
    400, "malformed", "The body is not JSON that can be read. Send one JSON object, in UTF-8."
)
NOT_SIGNED_IN = Fault(
    401,
    "not_signed_in",
    "Nobody is signed in. Send an API key as `Authorization: Bearer KEY`, or sign in on the site.",
)
KEY_UNKNOWN = Fault(
    401,
    "key_unknown",
    "This API key is not known here, or works no longer. Make another one on the page “API keys”.",
)
CSRF_FAILED = Fault(
    403,
    "csrf_failed",
    "This request did not prove that it comes from the site. Send the cookie `csrftoken` as the header"
    " `X-CSRFToken`, too, or use an API key.",
)
FORBIDDEN = Fault(403, "forbidden", "This is not for your account. Call with one that may do it.")
NOT_FOUND = Fault(
    404, "not_found", "There is no such thing, or it is not yours to see. Check the address."
)
METHOD_NOT_ALLOWED = Fault(
    405,
    "method_not_allowed",
    "This address does not take that method. The header `Allow` lists those that it takes.",
)
TOO_LARGE = Fault(413, "too_large", "The body is too large. Send at most a million bytes.")
NOT_JSON = Fault(
    415, "not_json", "The body must be JSON. Send it with `Content-Type: application/json`."
)
SERVER_ERROR = Fault(
    500,
    "server_error",
    "Something broke on our side. What you did was undone as a whole. Try again in a minute.",
)
UNAVAILABLE = Fault(
    503,
    "unavailable",
    "The service is away for a moment. What you did was undone as a whole. Call again after as many"
    " seconds as the header `Retry-After` says.",
)

FAULTS = (
    BAD_REQUEST,
    MALFORMED,
    NOT_SIGNED_IN,
    KEY_UNKNOWN,
    CSRF_FAILED,
    FORBIDDEN,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    TOO_LARGE,
    NOT_JSON,
    SERVER_ERROR,
    UNAVAILABLE,
)

STATUS_OF_REFUSAL = {
    RefusalCode.NOT_ALLOWED: 403,
    RefusalCode.INVALID: 422,
    RefusalCode.RULE_BOOK_UNKNOWN: 422,
    RefusalCode.TOO_MANY_CALLS: 429,
}
"""The refusals that the API's operations can answer with."""


def status_of(refused: Refused) -> int:
    """The HTTP status of a refusal; 429 for what was done too often, whatever its code."""
    return 429 if refused.retry_after_seconds is not None else STATUS_OF_REFUSAL[refused.code]


ANSWERS = dict.fromkeys((400, 401, 403, 404, 413, 415, 422, 429), Problem)
"""What every operation may answer beside what it is for; declared once, for all of them."""


def refusal_problem(refused: Refused) -> Problem:
    """A refusal of a service in the API's shape; `invalid` is always a list of what is wrong."""
    if refused.code is RefusalCode.INVALID:
        return invalid([{"field": "body", **refused.parameters}])
    return Problem(
        code=refused.code.value, message=refusal_text(refused), parameters=dict(refused.parameters)
    )


def invalid(problems: Sequence[Mapping[str, Parameter]]) -> Problem:
    """All that is wrong with a body; each has the `field`, what its `problem` is, and perhaps limits."""
    told = problems[:PROBLEMS_MOST]
    words = "; ".join(field_problem_text(str(each["field"]), each) for each in told)
    return Problem(
        code=RefusalCode.INVALID.value,
        message=f"{words}. Put that right and call again.",
        parameters={"problems": [dict(each) for each in told]},
    )
