"""Write the generated halves of both clients from `docs/openapi.json`.

`make clients` runs it: `python -m clients.generate`.

What is generated is committed, so that a checkout has its clients without generators, npm and a network.
`clients/generated.json` keeps digests of the document and of what was made of it; a test compares them.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from clients.facade import write_operations

CLIENTS = Path(__file__).resolve().parent
DOCUMENT = CLIENTS.parent / "docs" / "openapi.json"
DIGESTS = CLIENTS / "generated.json"
PYTHON = CLIENTS / "python" / "connects_client" / "generated"
TYPESCRIPT = CLIENTS / "typescript" / "src" / "generated"
PROGRAMS = Path(sys.executable).parent


def digests() -> dict[str, str]:
    """What the document and the generated code are now."""
    return {
        "document": _digest([DOCUMENT]),
        "python": _digest(sorted(PYTHON.rglob("*.py"))),
        "typescript": _digest(sorted(TYPESCRIPT.rglob("*.ts"))),
    }


def _digest(files: list[Path]) -> str:
    found = hashlib.sha256()
    for file in files:
        found.update(f"{file.relative_to(CLIENTS.parent)}\n".encode())
        found.update(file.read_bytes())
    return found.hexdigest()


def generate_python() -> None:
    """The models and a module for each operation, then our two classes with a method for each."""
    shutil.rmtree(PYTHON, ignore_errors=True)
    _run(
        PROGRAMS / "openapi-python-client",
        *("generate", "--path", DOCUMENT, "--output-path", PYTHON, "--meta", "none"),
        *("--config", CLIENTS / "python" / "generator.yaml"),
        *("--custom-template-path", CLIENTS / "python" / "templates"),
    )
    write_operations(PYTHON)
    rules = ("--isolated", "--line-length", "100")
    _run(PROGRAMS / "ruff", "check", *rules, "--select", "F401,I", "--fix", "--quiet", PYTHON)
    _run(PROGRAMS / "ruff", "format", *rules, "--quiet", PYTHON)


def generate_typescript() -> None:
    folder = CLIENTS / "typescript"
    if not (folder / "node_modules").is_dir():
        _run(PROGRAMS / "npm", "ci", "--no-audit", "--no-fund", folder=folder)
    _run(PROGRAMS / "node", "node_modules/@hey-api/openapi-ts/bin/run.js", folder=folder)
    for file in TYPESCRIPT.rglob("*.ts"):
        # No file of this repository names a package index, nor do the generator's comments.
        file.write_text(re.sub(r"\{@link https?://\S+ (`[^`]+`)\}", r"\1", file.read_text()))


def _run(*command: str | Path, folder: Path = CLIENTS) -> None:
    path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603  # programs of this environment
        [str(word) for word in command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}{command[0]} failed")


def main() -> None:
    generate_python()
    generate_typescript()
    DIGESTS.write_text(json.dumps(digests(), indent=1) + "\n")


if __name__ == "__main__":
    main()
