"""Members of staff at the console, over HTTP: they are signed in, see pages, and send forms."""

from dataclasses import dataclass, field

from django.http import HttpResponse
from django.test import Client

from connects.market.people.models import STAFF_ROLES, User
from connects.market.people.permissions import PERMISSIONS, Act
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import Role
from tests.web.confirming import confirm

DONE, REFUSED, NOT_THERE = 302, 409, 404


def person(role: Role, name: str = "") -> User:
    """A member of staff of that role, made where there is none yet."""
    name = name or role.value
    email = f"{name}@staff.example"
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, name.capitalize(), None, role.value)


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@dataclass
class Desk:
    """The console as one member of staff uses it."""

    role: Role
    name: str = ""
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = browser_of(person(self.role, self.name))

    def page(self, address: str, expected: int = 200, **asked: str | bytes) -> str:
        """A page's text; it must be answered with this status."""
        answer = self.client.get(f"/console/{address}", asked)
        assert answer.status_code == expected, (self.role, address, answer.status_code)
        return answer.content.decode()

    def send(self, address: str, **form: object) -> HttpResponse:
        """What is answered to a form."""
        answer = self.client.post(f"/console/{address}", form)
        assert isinstance(answer, HttpResponse)
        return answer

    def confirm(self, address: str, **form: object) -> HttpResponse:
        """What is answered to a form once the check before it, if any, is confirmed."""
        return confirm(self.client, f"/console/{address}", form)

    def do(self, address: str, **form: object) -> str:
        """Send a form that does something, and confirm it; where it leads to."""
        answer = self.confirm(address, **form)
        assert answer.status_code == DONE, (address, form, told(answer))
        return answer.headers["Location"]

    def refused(self, address: str, **form: object) -> str:
        """Send a form that is refused in words; the page with them."""
        answer = self.confirm(address, **form)
        assert answer.status_code == REFUSED, (address, form, answer.status_code)
        return told(answer)


def told(answer: HttpResponse) -> str:
    return answer.content.decode()


def allowed(act: Act) -> list[Role]:
    return [role for role in STAFF_ROLES if role in PERMISSIONS[act].roles]


def others(act: Act) -> list[Role]:
    return [role for role in STAFF_ROLES if role not in PERMISSIONS[act].roles]


def audited(act: str) -> list[tuple[str, str, str]]:
    """The lines of an act in the log: about what, by which role, why."""
    lines = StaffAct.objects.filter(act=act).order_by("id")
    return [(line.subject, line.role, line.reason) for line in lines]
