"""What the API has against a request that clashes with another: an earlier one, or one just now."""

from __future__ import annotations

from connects.api.problems import Fault
from connects.wording.messages import mark

ALREADY_DIFFERENT = Fault(
    409,
    "already_different",
    mark(
        "There is one of that name already, and it was sent with other fields than these. Nothing was"
        " changed. Use another id, or send what you sent before."
    ),
)
IN_PROGRESS = Fault(
    409,
    "in_progress",
    mark(
        "The same is being done by another request, which takes long. Nothing was done for this one. Call"
        " again after as many seconds as the header `Retry-After` says."
    ),
)
REVISION_MISMATCH = Fault(
    412,
    "revision_mismatch",
    mark(
        "It has changed since you read it. Read it again, and send your change with the new revision."
    ),
)

CLASH_FAULTS = (ALREADY_DIFFERENT, IN_PROGRESS, REVISION_MISMATCH)
