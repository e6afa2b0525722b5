"""Name the modules that differ from the main branch, for what looks at these alone.

    python -m tests.changed | xargs mypy

Where there is no branch named `main`, or it is the one that is checked out, those that differ from the
last commit are named. Files that git does not know yet count, too.
"""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECKED = ("src", "tests", "bench", "docs_site")


def changed(root: Path, *, checked: tuple[str, ...] = CHECKED) -> list[str]:
    """The paths of modules that are not as they are on the main branch; none where there is no git."""
    base = _git(root, "merge-base", "HEAD", "main") or ["HEAD"]
    known = _git(root, "diff", "--name-only", "--diff-filter=d", base[0], "--", *checked)
    new = _git(root, "ls-files", "--others", "--exclude-standard", "--", *checked)
    return sorted(path for path in {*known, *new} if path.endswith(".py"))


def _git(root: Path, *arguments: str) -> list[str]:
    try:
        asked = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return []
    return asked.stdout.splitlines() if asked.returncode == 0 else []


if __name__ == "__main__":
    print("\n".join(changed(ROOT)))
