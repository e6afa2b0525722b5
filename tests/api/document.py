"""The API's document as a file: `python -m tests.api.document` writes `docs/openapi.json`.

It refuses to narrow what others rely on. Whoever has to, and has given a year's notice, edits the file
by hand, so that a reviewer sees it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from tests.architecture.sources import ROOT

FILE = ROOT / "docs" / "openapi.json"


def document() -> dict[str, Any]:
    """The document as the code makes it."""
    from connects.api.v1 import api

    told: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    return told


def committed() -> dict[str, Any]:
    """The document that was promised."""
    told: dict[str, Any] = json.loads(FILE.read_text())
    return told


def written(told: dict[str, Any]) -> str:
    return json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "connects.project.settings")
    django.setup()
    from tests.api.narrowing import narrowed

    told = document()
    found = narrowed(committed(), told) if FILE.exists() else []
    sys.stderr.writelines(f"{each}\n" for each in found)
    if found:
        return 1
    Path(FILE).write_text(written(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
