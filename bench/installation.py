"""An installation of its own for a bench: the database of DATABASE_URL, or an SQLite file."""

from __future__ import annotations

import os
import tempfile


def prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "connects.project.settings")
    os.environ["CONNECTS_VAR"] = tempfile.mkdtemp(prefix="connects-bench-")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
