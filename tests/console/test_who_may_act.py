"""Every form of the console: who may not send it changes nothing, who may does, and leaves a line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest
from django.test import Client

from connects.acts.jobs.flag import flag_job
from connects.acts.rules.plan_rollout import CohortPlan, RolloutPlan, draft
from connects.market.api_clients.models import ApiClient
from connects.market.grants.models import Badge, PromoCode
from connects.market.moderation.models import Appeal, FlagReason
from connects.market.people.models import Account
from connects.market.people.permissions import Act
from connects.market.rollout.models import CohortKind, Rollout
from connects.vocabulary.moments import add_months
from connects.vocabulary.parties import Role
from tests.console.desk import (
    DONE,
    NOT_THERE,
    REFUSED,
    Desk,
    allowed,
    audited,
    others,
)
from tests.market.people import NOON, Town

Address = Callable[[Town], str]

ANA = "accounts/ana/"


@dataclass(frozen=True)
class FormOfAct:
    """A form, where it is sent to, whose act it is, and the line that it leaves."""

    act: Act
    address: Address
    form: Mapping[str, object]
    line: str
    subject: Address
    before: Callable[[Town], object] = field(default=lambda here: None)


def of_ana(act: Act, line: str, /, **form: object) -> FormOfAct:
    return FormOfAct(act, lambda here: ANA, form, line, lambda here: "account:ana")


def of_job(act: str, line: str) -> FormOfAct:
    return FormOfAct(
        Act.DECIDE_FLAGS,
        lambda here: f"posts/{here.job.public_id}/",
        {"act": act, "reason": "it asks for a fee"},
        line,
        lambda here: f"job:{here.job.public_id}",
        lambda here: flag_job(here.job, here.agency, FlagReason.NOT_SERIOUS),
    )


def appealed(here: Town) -> Appeal:
    answer = Appeal.objects.get_or_create(
        proposal=here.proposal,
        defaults={"account": here.freelancer, "text": "The post was a copy.", "made": NOON},
    )
    return answer[0]


def drafted(here: Town) -> Rollout:
    earlier = Rollout.objects.first()
    if earlier is not None:
        return earlier
    cohort = CohortPlan(kind=CohortKind.REST, effective=add_months(NOON, 1))
    plan = RolloutPlan(before="upwork-2019-05", after="fair-2026", notice_days=7, cohorts=(cohort,))
    answer = draft(plan, here.operator)
    assert isinstance(answer, Rollout), answer
    return answer


PROMO = {
    "code": "SPRING-26",
    "connects": 10,
    "valid_from": "2019-05-20",
    "valid_until": "2019-06-20",
    "for_each": 1,
}
TAX = {"country": "DE", "name": "VAT", "percent": "19", "starts": "2019-06-01"}

FORMS = {
    "grant": of_ana(
        Act.GRANT_CONNECTS, "grant", act="grant", credits=5, reason="an outage", key="k1"
    ),
    "badge": of_ana(Act.CHANGE_BADGES, "add-badge", act="add-badge", badge="top-rated"),
    "suspend": of_ana(Act.SUSPEND_ACCOUNTS, "suspend", act="suspend", reason="a fraud"),
    "move": of_ana(Act.MOVE_ACCOUNTS, "enrol", act="enrol", policy="fair-2026", when="now"),
    "remove a job": of_job("uphold", "remove-job"),
    "dismiss flags": of_job("dismiss", "dismiss-flags"),
    "propose about an appeal": FormOfAct(
        Act.DECIDE_APPEALS,
        lambda here: f"appeals/{appealed(here).pk}/",
        {"act": "grant", "reason": "it was a copy"},
        "propose-appeal",
        lambda here: f"appeal:{appealed(here).pk}",
    ),
    "promo": FormOfAct(
        Act.MAKE_PROMOS, lambda here: "promos/", PROMO, "make-promo", lambda here: "promo:SPRING-26"
    ),
    "tax": FormOfAct(
        Act.SET_TAXES, lambda here: "books/taxes/", TAX, "tax", lambda here: "country:DE"
    ),
    "announce": FormOfAct(
        Act.ANNOUNCE,
        lambda here: "announcements/",
        {
            "title": "Other rules",
            "introduction": "They are fairer.",
            "rule_book": "fair-2026",
            "effective": "2019-07-01",
        },
        "announce",
        lambda here: "announcement:other-rules",
    ),
    "schedule a rollout": FormOfAct(
        Act.RUN_ROLLOUTS,
        lambda here: f"rollouts/{drafted(here).public_id}/",
        {"act": "schedule"},
        "schedule-rollout",
        lambda here: f"rollout:{drafted(here).public_id}",
    ),
    "make an API client": FormOfAct(
        Act.MANAGE_API_CLIENTS,
        lambda here: "api-clients/",
        {"act": "make", "name": "shop", "scope-read": "on"},
        "make-api-client",
        lambda here: f"api-client:{ApiClient.objects.get().pk}",
    ),
    "add to the staff": FormOfAct(
        Act.MANAGE_STAFF,
        lambda here: "staff/",
        {"act": "add", "email": "new@staff.example", "role": "support"},
        "add-staff",
        lambda here: "",
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_does_what_it_says_for_those_who_may_and_nothing_for_others(
    name: str, here: Town
) -> None:
    form = FORMS[name]
    form.before(here)
    address = form.address(here)
    for role in others(form.act):
        answer = Desk(role).send(address, **form.form)
        assert answer.status_code in (NOT_THERE, REFUSED), (name, role, answer.status_code)
        assert audited(form.line) == [], (name, role)

    role = allowed(form.act)[0]
    answer = Desk(role).confirm(address, **form.form)

    assert answer.status_code in (DONE, 200), (name, role, answer.content.decode())
    ((subject, by, _),) = audited(form.line)
    assert by == role
    assert subject == form.subject(here) or name == "add to the staff"


@pytest.mark.parametrize("name", FORMS)
def test_nobody_outside_the_staff_sends_a_form(name: str, here: Town) -> None:
    form = FORMS[name]
    form.before(here)
    address = f"/console/{form.address(here)}"
    member = Client()
    member.force_login(
        here.user_of(here.freelancer), backend="django.contrib.auth.backends.ModelBackend"
    )

    assert member.post(address, form.form).status_code == NOT_THERE
    answer = Client().post(address, form.form)
    assert answer.status_code == DONE
    assert answer.headers["Location"].startswith("/sign-in/")
    assert audited(form.line) == []


def test_every_operator_may_do_all_of_it(here: Town) -> None:
    desk = Desk(Role.OPERATOR)
    for name in ("grant", "badge", "promo", "tax"):
        desk.do(FORMS[name].address(here), **FORMS[name].form)

    assert Badge.objects.filter(account=here.freelancer, name="top-rated").exists()
    assert PromoCode.objects.filter(code="SPRING-26").exists()


def test_a_form_from_another_site_is_not_taken(here: Town) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(here.operator, backend="django.contrib.auth.backends.ModelBackend")

    answer = strict.post("/console/accounts/ana/", {"act": "suspend", "reason": "a fraud"})

    assert answer.status_code == 403
    assert Account.objects.get(handle="ana").suspended is None
