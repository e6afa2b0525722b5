"""What was bought, delivered and paid back is told wholly in the reader's language, whoever caused it."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from connects.acts.notices.outbox import deliver_outbox
from connects.acts.notices.send_emails import message_of
from connects.bootstrap.clock import held_at
from connects.market.notices.models import NoticeEmail
from tests.acts.notices.heard import bought, refunded, topped_up
from tests.market.people import NOON, Town, town

pytestmark = pytest.mark.django_db

TOLD: list[tuple[str, Callable[[Town], object], str]] = [
    (
        "topped-up",
        topped_up,
        "Tu recarga automática ha comprado 20 Connects por 3,00 US$, porque tenías menos de 20.",
    ),
    (
        "purchase-reversed",
        refunded,
        "Te hemos reembolsado 3,00 US$ por 20 Connects, así que hemos retirado los 20 Connects",
    ),
    (
        "payment-received",
        bought,
        "Hemos recibido tus 3,00 US$ por 20 Connects. Recibo TEST-R-2019-000001.",
    ),
]


@pytest.mark.parametrize(("code", "do", "said"), TOLD, ids=[code for code, *_ in TOLD])
def test_inbox_and_e_mail_say_it_in_spanish(
    code: str, do: Callable[[Town], object], said: str
) -> None:
    with held_at(NOON):
        here = town()
        user = here.user_of(here.freelancer)
        user.language = "es"
        user.save()
        do(here)
        deliver_outbox(NOON)
        reader = Client()
        reader.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        inbox = " ".join(
            unescape(re.sub("<[^>]+>", " ", reader.get("/notices/").content.decode())).split()
        )

    email = NoticeEmail.objects.get(event__code=code, user=user)

    assert said in str(message_of(email).body).replace("\N{NO-BREAK SPACE}", " ")
    if code != "payment-received":  # it comes by e-mail alone
        assert said in inbox
