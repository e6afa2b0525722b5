"""Prices: of a live post, and of a draft."""

from __future__ import annotations

import re
from typing import Annotated, Any

from ninja import Path, Router
from pydantic import Field

from connects.acts.jobs import publish as jobs
from connects.api.callers import ApiKeyHolder, Call, SignedIn, Stopped
from connects.api.draft import DraftPost, problems_in
from connects.api.price_shapes import DraftPrice, PostPrice
from connects.api.problems import ANSWERS, NOT_FOUND, invalid
from connects.market.jobs.fields import as_asked
from connects.market.jobs.prices import explained_price
from connects.market.jobs.selectors import job_for
from connects.market.keys.scopes import KeyScope
from connects.market.public_ids import PUBLIC_ID
from connects.statements.price_document import price_document
from connects.vocabulary.problems import Problem as ProblemCode
from connects.vocabulary.refusals import Refused, not_allowed

router = Router(tags=["prices"])
AUTH = [ApiKeyHolder(KeyScope.QUOTE), SignedIn()]

# The document says what it looks like; what does not is no post's, and no worse than another wrong one.
PostId = Annotated[
    str,
    Path(description="As in the address of the post's page."),
    Field(json_schema_extra={"pattern": f"^{PUBLIC_ID}$"}),
]
Answer = dict[str, Any]


@router.get(
    "/posts/{id}/price",
    auth=AUTH,
    response={200: PostPrice, **ANSWERS},
    operation_id="post_price",
    summary="The price of a live post",
)
def post_price(request: Call, id: PostId) -> Answer:  # noqa: A002 the address says it
    """What a proposal to a post costs you, and why: by the rule book that holds for your account."""
    caller = request.auth
    job = job_for(caller.user, id) if re.fullmatch(PUBLIC_ID, id) else None
    if job is None:
        raise Stopped.by(NOT_FOUND)
    post = {
        "id": job.public_id,
        "status": job.status,
        "revision": job.revision,
        "posted": job.posted,
    }
    return {"post": post, "price": price_document(explained_price(job, caller.book))}


@router.post(
    "/prices",
    auth=AUTH,
    response={200: DraftPrice, **ANSWERS},
    operation_id="draft_price",
    summary="The price that a draft would have",
)
def draft_price(request: Call, draft: DraftPost) -> Answer:
    """What a proposal would cost if your client's account published this now. Nothing is stored."""
    caller, post = request.auth, draft.job_fields()
    if caller.account is None:
        raise Stopped.by(not_allowed(ProblemCode.CLIENTS_ONLY))
    problems = problems_in(post)
    if problems:
        raise Stopped(422, invalid(problems))
    answer = jobs.preview(as_asked(post), caller.account, draft.policy)
    if isinstance(answer, Refused):
        raise Stopped.by(answer)
    return {"asked": caller.now, "price": price_document(answer)}
