"""Posts and flags: what moderators see of one, and what becomes of it when they decide."""

import pytest

from connects.acts.jobs.flag import flag_job
from connects.acts.jobs.publish import edit
from connects.bootstrap.journals import journal
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import Job, JobStatus
from connects.market.moderation.models import Flag, FlagReason, FlagState
from connects.vocabulary.facts import JobKind
from connects.vocabulary.parties import Role
from tests.console.desk import Desk, audited
from tests.market.people import Town, posted

pytestmark = pytest.mark.django_db


def page_of(job: Job) -> str:
    return f"posts/{job.public_id}/"


def flagged(here: Town, text: str = "They ask for a fee.") -> Flag:
    answer = flag_job(here.job, here.agency, FlagReason.CONTACT_OUTSIDE, text)
    assert isinstance(answer, Flag), answer
    return answer


def test_every_post_is_listed_and_found_by_its_title(here: Town) -> None:
    posted(here.client, "Translate a letter")
    desk = Desk(Role.FINANCE)

    assert "Draw a logo" in desk.page("posts/")
    found = desk.page("posts/", q="translate")
    assert "Translate a letter" in found
    assert "Draw a logo" not in found


def test_a_post_is_shown_with_its_price_and_what_is_at_stake(here: Town) -> None:
    flagged(here)
    page = Desk(Role.MODERATOR).page(page_of(here.job))

    for fact in ("Draw a logo", "Acme", "$300", "They ask for a fee.", "Studio"):
        assert fact in page, fact
    assert f"{here.proposal.paid} Connects" in page


@pytest.mark.parametrize("public_id", ["0123456789abcdef", "x", "0" * 16])
def test_a_post_that_is_not_there_is_not_found(here: Town, public_id: str) -> None:
    Desk(Role.OPERATOR).page(f"posts/{public_id}/", expected=404)


def test_a_removed_post_gives_its_connects_back_and_is_removed_once(here: Town) -> None:
    flagged(here)
    before = journal().wallet(here.freelancer.pk).balance
    desk = Desk(Role.MODERATOR)

    desk.do(page_of(here.job), reason="it asks for a fee")

    here.job.refresh_from_db()
    assert here.job.status == JobStatus.REMOVED
    assert journal().wallet(here.freelancer.pk).balance == before + here.proposal.paid
    assert Flag.objects.get().state == FlagState.UPHELD
    assert "Remove and give" not in desk.page(page_of(here.job))
    desk.refused(page_of(here.job), reason="once more")
    assert audited("remove-job") == [
        (f"job:{here.job.public_id}", "moderator", "it asks for a fee")
    ]


def test_dismissed_flags_leave_the_post_as_it_is(here: Town) -> None:
    flagged(here)

    Desk(Role.MODERATOR).do(page_of(here.job), act="dismiss", reason="it is a real job")

    here.job.refresh_from_db()
    assert here.job.status == JobStatus.OPEN
    assert Flag.objects.get().state == FlagState.DISMISSED


@pytest.mark.parametrize("act", ["dismiss", ""])
@pytest.mark.parametrize("reason", ["", "  ", "\t\n"])
def test_a_decision_needs_a_reason(here: Town, act: str, reason: str) -> None:
    flagged(here)

    Desk(Role.MODERATOR).refused(page_of(here.job), act=act, reason=reason)

    here.job.refresh_from_db()
    assert here.job.status == JobStatus.OPEN
    assert Flag.objects.get().state == FlagState.OPEN


def test_flagged_posts_wait_for_a_decision_and_then_no_longer(here: Town) -> None:
    desk = Desk(Role.MODERATOR)
    assert "Draw a logo" not in desk.page("flagged/")
    flagged(here)

    for sort in ("", "age", "reporter", "nonsense"):
        assert "Draw a logo" in desk.page("flagged/", sort=sort)
    desk.do(page_of(here.job), act="dismiss", reason="it is a real job")

    assert f'href="/console/{page_of(here.job)}"' not in desk.page("flagged/")


def test_what_a_post_says_is_shown_as_text_and_never_runs(here: Town) -> None:
    job = posted(here.client, "<script>alert(1)</script>")
    page = Desk(Role.MODERATOR).page(page_of(job))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_removed_post_says_who_removed_it_why_and_what_went_back(here: Town) -> None:
    Desk(Role.MODERATOR, "mo").do(page_of(here.job), reason="it asks for a fee")
    page = Desk(Role.FINANCE).page(page_of(here.job))

    for fact in ("By Mo, ", "The client was told: “it asks for a fee”"):
        assert fact in page, fact
    assert f"{here.proposal.paid} Connects went back to 1 freelancer." in page


def test_removing_what_a_colleague_removed_is_told_to_staff_as_that(here: Town) -> None:
    Desk(Role.MODERATOR).do(page_of(here.job), reason="it asks for a fee")

    page = Desk(Role.OPERATOR).refused(page_of(here.job), reason="it asks for a fee")

    assert "This job is removed already, so nothing was changed." in page
    assert "Find work" not in page


def test_an_edit_is_shown_as_what_was_said_before_and_after(here: Town) -> None:
    assert "Its client has not edited it." in Desk(Role.MODERATOR).page(page_of(here.job))
    changed = JobFields(
        title="Draw a logo", kind=JobKind.FIXED, budget_cents=30_00, category="Design"
    )
    assert isinstance(edit(here.job, changed, here.client), Job)

    page = Desk(Role.MODERATOR).page(page_of(here.job))

    assert "Pay: <del>$300 fixed price</del> <ins>$30 fixed price</ins>" in page
    assert "<li>Title" not in page
