"""Several rows at once: chosen by boxes, tried with numbers, done one by one, each with its outcome."""

from collections.abc import Sequence

import pytest

from connects.acts.jobs.flag import flag_job
from connects.acts.rules.move_accounts import enrol
from connects.acts.staff.moderate import suspend
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.market.corrections.models import Correction
from connects.market.moderation.models import Flag, FlagReason, FlagState
from connects.market.notices.models import NoticeEmail, NoticeEmailState
from connects.market.people.models import Account
from connects.market.rollout.models import Move
from connects.vocabulary.parties import AccountKind, Role
from tests.console.desk import NOT_THERE, Desk, audited, told
from tests.market.people import NOON, Town, posted, registered


def balance(account: Account) -> int:
    return journal().wallet(account.pk).balance


def sent(desk: Desk, bulk: str, rows: Sequence[object], step: str = "", **form: object) -> str:
    return told(desk.send("bulk/", bulk=bulk, row=[str(row) for row in rows], step=step, **form))


def flagged(here: Town, count: int) -> list[int]:
    jobs = [posted(here.client, f"Job {number}") for number in range(count)]
    for job in jobs:
        flag_job(job, here.agency, FlagReason.NOT_SERIOUS)
    return [job.pk for job in jobs]


def open_flags() -> int:
    return Flag.objects.filter(state=FlagState.OPEN).count()


def test_flags_are_dismissed_after_a_look_at_how_many(here: Town) -> None:
    rows = flagged(here, 3)
    before, desk = open_flags(), Desk(Role.MODERATOR)
    page = desk.page("flagged/")
    assert f'<input type="checkbox" name="row" value="{rows[0]}"' in page

    asked = sent(desk, "dismiss-flags", rows[:2])
    assert "2 chosen" in asked
    assert "Nothing has happened yet." in asked
    tried = sent(desk, "dismiss-flags", rows[:2], "try", reason="they are real")
    assert "2 flags on 2 jobs would be dismissed." in tried
    assert open_flags() == before
    done = sent(desk, "dismiss-flags", rows[:2], "do", reason="they are real")
    assert "2 of 2 done" in done
    assert open_flags() == before - 2
    assert [reason for _, _, reason in audited("dismiss-flags")] == ["they are real"] * 2


def test_connects_are_granted_to_some_and_each_has_its_outcome(here: Town) -> None:
    desk = Desk(Role.SUPPORT)
    rows: list[object] = [here.freelancer.pk, here.client.pk, here.agency.pk]
    form = {"credits": 7, "reason": "the outage of Monday", "key": "one"}
    before = balance(here.freelancer)

    tried = sent(desk, "grant", rows, "try", **form)
    assert "7 Connects for each of 3 accounts: 21 in all." in tried
    assert "1 of 3 would be refused" in tried
    assert balance(here.freelancer) == before
    assert not Correction.objects.exists()
    done = sent(desk, "grant", rows, "do", **form)
    assert "2 of 3 done. 1 refused" in done
    assert balance(here.freelancer) == before + 7
    sent(desk, "grant", rows, "do", **form)
    assert balance(here.freelancer) == before + 7, "the same form again grants nothing more"
    assert len(audited("grant")) == 2


def test_a_large_grant_waits_for_a_second_person_in_bulk_too(here: Town) -> None:
    form = {"credits": 2_000, "reason": "an outage", "key": "one"}
    done = sent(Desk(Role.SUPPORT), "grant", [here.freelancer.pk], "do", **form)

    assert "Waits for a second person" in done
    assert Correction.objects.get().done is None


@pytest.mark.parametrize(
    "form", [{"credits": "abc"}, {"credits": "-1"}, {"credits": "7", "reason": " "}, {"key": ""}]
)
def test_what_cannot_be_read_is_refused_before_anything_is_tried(
    form: dict[str, object], here: Town
) -> None:
    whole = {"credits": 7, "reason": "an outage", "key": "one", **form}
    page = sent(Desk(Role.SUPPORT), "grant", [here.freelancer.pk], "do", **whole)

    assert 'role="alert"' in page
    assert not Correction.objects.exists()


def test_accounts_are_moved_and_who_cannot_is_told(here: Town) -> None:
    desk = Desk(Role.POLICY)
    rows: list[object] = [here.freelancer.pk, here.agency.pk]
    enrol(here.agency, "fair-2026", notice=False)
    form = {"policy": "fair-2026", "when": "notice"}

    tried = sent(desk, "move", rows, "try", **form)
    assert "2 accounts would move to fair-2026, after their days of notice." in tried
    assert Move.objects.filter(account=here.freelancer).count() == 0
    done = sent(desk, "move", rows, "do", **form)
    assert "1 of 2 done. 1 refused" in done
    assert Move.objects.filter(account=here.freelancer).count() == 1
    assert audited("enrol") == [("account:ana", "policy", "to fair-2026, after its notice")]
    assert 'role="alert"' in sent(desk, "move", rows, "do", policy="nonsense")


def test_dead_e_mails_are_sent_again_and_others_are_not(here: Town) -> None:
    enrol(registered("bo", AccountKind.FREELANCER, "upwork-2018"), "upwork-2019-05")
    enrol(registered("cy", AccountKind.FREELANCER, "upwork-2018"), "upwork-2019-05")
    run(NOON)
    dead, alive = NoticeEmail.objects.order_by("pk")[:2]
    NoticeEmail.objects.filter(pk=dead.pk).update(state=NoticeEmailState.DEAD)
    done = sent(Desk(Role.SUPPORT), "resend", [dead.pk, alive.pk], "do")

    assert "1 of 2 done. 1 refused" in done
    assert NoticeEmail.objects.get(pk=dead.pk).state == NoticeEmailState.WAITING


def test_nothing_is_done_by_who_may_not_or_to_nothing(here: Town) -> None:
    rows = flagged(here, 1)
    before = open_flags()

    refused = Desk(Role.SUPPORT).send("bulk/", bulk="dismiss-flags", row=rows)
    assert refused.status_code == NOT_THERE
    assert Desk(Role.OPERATOR).send("bulk/", bulk="nonsense", row=rows).status_code == NOT_THERE
    assert Desk(Role.OPERATOR).client.get("/console/bulk/").status_code == NOT_THERE
    for none in ([], ["999999"], ["x"]):
        answer = Desk(Role.OPERATOR).client.post(
            "/console/bulk/", {"bulk": "dismiss-flags", "row": none}, follow=True
        )
        assert "Choose at least one row" in answer.content.decode()
    assert open_flags() == before
    assert 'name="row"' not in Desk(Role.SUPPORT).page("flagged/")


def test_a_suspended_account_gets_what_it_is_granted(here: Town) -> None:
    suspend(here.freelancer, here.operator, "a fraud")
    form = {"credits": 3, "reason": "ours", "key": "k"}

    assert "1 of 1 done" in sent(Desk(Role.SUPPORT), "grant", [here.freelancer.pk], "do", **form)
