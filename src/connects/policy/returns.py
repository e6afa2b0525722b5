"""What comes back of a proposal's Connects, for each way in which it can end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pydantic import StrictBool, model_validator

from connects.policy.clause import Clause, Percent, Positive, Terms
from connects.vocabulary.amounts import Connects
from connects.vocabulary.returns import ReturnCause, Stage


class Share(Terms):
    """How much comes back, in percent, by how far the proposal got.

    Written `{ percent = 50 }` where that makes no difference, else with `unopened`, `opened` and
    `engaged` (shortlisted, or written to).
    """

    unopened: Percent
    opened: Percent
    engaged: Percent

    @model_validator(mode="before")
    @classmethod
    def _one_for_all(cls, value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"percent"}:
            return dict.fromkeys(Stage, value["percent"])
        return value

    def at(self, stage: Stage) -> int:
        percent: int = getattr(self, stage.value)
        return percent

    @property
    def is_flat(self) -> bool:
        """Whether it is the same however far the proposal got."""
        return self.unopened == self.opened == self.engaged


class Unread(Terms):
    """What comes back of a proposal that the client has not opened after so many hours."""

    percent: Percent
    after_hours: Positive


class ChangeOfMind(Terms):
    """What comes back of a proposal that is withdrawn, unopened, within so many minutes."""

    percent: Percent
    within_minutes: Positive


class ClosedLate(Terms):
    """What comes back where the client closes without a hire more than so many days after posting."""

    percent: Percent
    after_days: Positive

    @property
    def share(self) -> Share:
        return Share(unopened=self.percent, opened=self.percent, engaged=self.percent)


class Returns(Clause):
    """What comes back. Each way in which a job can end must be stated.

    `client_suspended` is as `removed_for_terms` where it is left out. `invited_later` is what comes
    back, in percent, to who has paid and is then invited. `closed_late` takes the place of
    `closed_without_hire` for posts that were closed late. `removed_after_withdrawal` is whether who
    had withdrawn gets their Connects, too, when the post is removed.
    """

    grace_days: Positive
    closed_without_hire: Share
    closed_after_hire: Share
    removed_for_terms: Share
    never_closed: Share
    client_suspended: Share | None = None
    unread: Unread | None = None
    invited_later: Percent = 0
    withdrawn: ChangeOfMind | None = None
    closed_late: ClosedLate | None = None
    removed_after_withdrawal: StrictBool = True

    def cause_after(self, cause: ReturnCause, open_for: timedelta) -> ReturnCause:
        """The cause that counts for a job that ended so long after it was posted."""
        late = self.closed_late
        if late is None or cause is not ReturnCause.CLOSED_WITHOUT_HIRE:
            return cause
        return ReturnCause.CLOSED_LATE if open_for > timedelta(days=late.after_days) else cause

    def share(self, cause: ReturnCause) -> Share:
        """The share for a way in which a job ends."""
        if cause is ReturnCause.CLIENT_SUSPENDED and self.client_suspended is None:
            return self.removed_for_terms
        if cause is ReturnCause.CLOSED_LATE:
            return self.closed_without_hire if self.closed_late is None else self.closed_late.share
        share: Share = getattr(self, cause.value)
        return share

    def percent(self, cause: ReturnCause, stage: Stage) -> int:
        """How many percent come back."""
        match cause:
            case ReturnCause.UNREAD:
                return self.unread.percent if self.unread else 0
            case ReturnCause.INVITED_LATER:
                return self.invited_later
            case ReturnCause.WITHDRAWN:
                return self.withdrawn.percent if self.withdrawn else 0
            case _:
                return self.share(cause).at(stage)

    def comes_back(self, cause: ReturnCause, paid: Connects, stage: Stage) -> Connects:
        """What comes back of `paid` Connects in all, rounded up in the freelancer's favour."""
        return -(-paid * self.percent(cause, stage) // 100)
