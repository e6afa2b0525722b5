"""Who comes to the site: those in whose name nonsense is sent, and guests of their own."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from connects.market.people.models import Account, User
from connects.vocabulary.parties import AccountKind, Role
from tests.market.people import PASSWORD, posted, proposed, registered
from tests.nonsense.people import BACKEND
from tests.site_soak.guests import Guest

ANYBODY = ("/", "/rules/", "/announcements/", "/roots/", "/sign-in/", "/sign-up/", "/password/")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account or a role, as they were made: a walk may change both."""

    user: User

    def cookie(self) -> str:
        """A cookie of a new session, for who can sign in again whatever was done to them."""
        row = User.objects.get(pk=self.user.pk)
        row.is_active, row.staff_role = True, self.user.staff_role
        row.save(update_fields=["is_active", "staff_role"])
        client = Client()
        client.force_login(row, backend=BACKEND)
        return client.cookies[settings.SESSION_COOKIE_NAME].value


def guests(number: int) -> list[Guest]:
    """So many guests: a third is signed in as nobody, the others look at their own pages."""
    freelancer = registered("guest-freelancer", AccountKind.FREELANCER)
    client = registered("guest-client", AccountKind.CLIENT)
    job = posted(client, "Paint a fence")
    proposal = proposed(job, freelancer, "of a guest")
    support = User.objects.create_user("guest@test.example", "Gus", PASSWORD, Role.SUPPORT.value)
    own = f"/proposals/{proposal.public_id}/"
    kinds: list[tuple[Callable[[], str], tuple[str, ...]]] = [
        (lambda: "", ANYBODY),
        (
            _of(freelancer),
            ("/work/", f"/work/{job.public_id}/", own, "/membership/", "/notices/"),
        ),
        (_of(client), ("/posts/", f"/posts/{job.public_id}/", "/posts/new/", "/notices/")),
        (Person(support).cookie, ("/console/", "/console/accounts/", "/console/letters/")),
    ]
    shares = (0, 1, 2, 0, 1, 2, 0, 1, 2, 3)
    return [_guest(place, *kinds[shares[place % len(shares)]]) for place in range(number)]


def _of(account: Account) -> Callable[[], str]:
    return Person(User.objects.get(memberships__account=account)).cookie


def _guest(place: int, cookie: Callable[[], str], pages: tuple[str, ...]) -> Guest:
    made = cookie()
    told = f"{settings.SESSION_COOKIE_NAME}={made}" if made else ""
    return Guest(f"guest {place}", f"198.51.100.{place + 1}", told, pages)
