"""What serves requests needs no model of the site, so that a bare site is served by it, too."""

import os
import subprocess
import sys


def test_the_bare_site_that_is_measured_beside_ours_starts() -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "bench.service.bare_settings"}

    started = subprocess.run(
        [sys.executable, "-c", "import bench.service.bare_wsgi"],
        env={**os.environ, **settings},
        capture_output=True,
        check=False,
        text=True,
    )

    assert started.returncode == 0, started.stderr
