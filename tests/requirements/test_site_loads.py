"""The running site does without what only commands need."""

import subprocess
import sys
from pathlib import Path

LOAD_THE_SITE = """
import sys

LEFT_OUT = {"numpy", "scipy", "sklearn", "numba", "polars", "SALib", "fastexcel"}

class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in LEFT_OUT:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, NotInstalled())
import connects.project.wsgi
import connects.due.worker
from django.urls import get_resolver
print(len(list(get_resolver().reverse_dict)))
"""


def test_the_site_loads_where_only_its_own_lock_is_installed(tmp_path: Path) -> None:
    program = subprocess.run(
        [sys.executable, "-c", LOAD_THE_SITE],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )

    assert program.returncode == 0, program.stderr
    assert int(program.stdout.splitlines()[-1]) > 50
