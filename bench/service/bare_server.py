"""django-ninja alone, on the site's own server: what the stack is measured against."""

from __future__ import annotations

import os

from connects.bootstrap.own_address import listen_address
from connects.cli.commands.web import serve
from connects.cli.django_setup import start_django


def main() -> None:
    start_django()
    serve(*listen_address(os.environ), application="bench.service.bare_wsgi:served")


if __name__ == "__main__":
    main()
