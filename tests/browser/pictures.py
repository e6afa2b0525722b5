"""The pictures of the README: the demo as a freelancer, a client and an operator see it.

    python -m tests.browser.pictures      # `make pictures`: writes docs/pictures/

They come out the same whenever they are made by the same Chromium: the demo is played up to one instant,
the clock stands at it while pages are shown, and the ids that stand in addresses come from a seed.
"""

from __future__ import annotations

import io
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch
from wsgiref.simple_server import WSGIRequestHandler, make_server

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import chromium_executable, driver_environment

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
MOMENT = datetime(2026, 11, 27, 10, tzinfo=UTC)
WINDOW = {"width": 1280, "height": 800}
SCHEMES = ("light", "dark")
READ = "I have read this"
PICTURES = {
    "find-work": ("freelancer", "/work/"),
    "job": ("freelancer", "job"),
    "proposals": ("client", "post"),
    "console": ("operator", "/console/"),
}
"""Name, who looks, and at which page; `job` and `post` are the job that is shown as an example."""


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of what is asked."""


@contextmanager
def _demo() -> Iterator[None]:
    """Play the demo in a database of its own."""
    import django
    from django.core.management import call_command

    django.setup()
    from connects.acts.books.count_days import count_days
    from connects.demo import ninety_days

    call_command("migrate", verbosity=0)
    chance = Random(7)
    with patch("secrets.token_hex", lambda n: f"{chance.getrandbits(8 * n):0{2 * n}x}"):
        ninety_days.fill(MOMENT)
        count_days(MOMENT)
        yield


@contextmanager
def _served() -> Iterator[str]:
    """Serve the pages with the clock held, and say where."""
    from django.core.wsgi import get_wsgi_application

    from connects.bootstrap.clock import held_at

    application = get_wsgi_application()

    def at_the_moment(environ: dict[str, Any], start_response: Any) -> Any:
        with held_at(MOMENT):
            return application(environ, start_response)

    with make_server("127.0.0.1", 0, at_the_moment, handler_class=_Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _session_of(role: str) -> str:
    from django.test import Client

    from connects.bootstrap.clock import held_at
    from connects.market.people.models import User

    client = Client()
    with held_at(MOMENT):
        user = User.objects.get(email=f"{role}@demo.example")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.cookies["sessionid"].value)


def _address(page: str) -> str:
    """The page's path; the example is the open job of the demo's client with most proposals."""
    from connects.market.jobs.models import Job

    if page.startswith("/"):
        return page
    own = Job.objects.filter(client__memberships__user__email="client@demo.example")
    shown = own.filter(status="open").order_by("-proposal_count", "id").first()
    assert shown is not None
    return f"/posts/{shown.public_id}/" if page == "post" else f"/work/{shown.public_id}/"


def _take(browser: Browser, site: str, name: str) -> None:
    role, page = PICTURES[name]
    path, session = _address(page), _session_of(role)
    for scheme in SCHEMES:
        context = browser.new_context(viewport=WINDOW, color_scheme=scheme)  # type: ignore[arg-type]
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        window = context.new_page()
        window.goto(f"{site}{path}")
        if window.get_by_role("button", name=READ).count():
            window.get_by_role("button", name=READ).click()
        window.evaluate("document.fonts.ready")
        _write(window.screenshot(animations="disabled", caret="hide"), f"{name}-{scheme}")
        context.close()


def _write(screenshot: bytes, name: str) -> None:
    """Keep the picture as it is, in the form in which a page of text is smallest."""
    with Image.open(io.BytesIO(screenshot)) as picture:
        picture.convert("RGB").save(FOLDER / f"{name}.webp", lossless=True, quality=100, method=6)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "connects.project.settings")
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(driver_environment())
    # Playwright's event loop is in this thread, where Django is asked, too.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CONNECTS_VAR"] = folder
        with _demo(), _served() as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_executable(), args=["--no-sandbox", "--disable-gpu"]
            )
            for name in PICTURES:
                _take(browser, site, name)
            browser.close()


if __name__ == "__main__":
    main()
