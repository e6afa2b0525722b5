"""A wheel built from the tree, beside exactly what `run.lock` names, serves the site."""

import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.requirements.test_locks import pins
from tests.servers.postgres import free_port
from tests.servers.site import wait_until_it_answers

START_SECONDS_MOST = 60


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of a fresh environment, which holds the lock's packages and the wheel."""
    folder = tmp_path_factory.mktemp("installed")
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    site = next(environment.glob("lib/python*/site-packages"))
    for name in pins(ROOT / "requirements" / "run.lock"):
        lay_beside(name, site)
    wheel = built_wheel(folder / "wheels")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    pip += ["--python", str(environment / "bin" / "python")]
    subprocess.run([*pip, "install", "--no-index", "--no-deps", wheel], check=True)
    return environment / "bin"


def lay_beside(name: str, site: Path) -> None:
    """Link one installed package into another environment, so that no index is asked."""
    try:
        files = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return  # for another system
    for top in {file.parts[0] for file in files}:
        source, target = Path(str(metadata.distribution(name).locate_file(top))), site / top
        if top not in {"..", "__pycache__"} and not target.exists():
            target.symlink_to(source)


def built_wheel(folder: Path) -> Path:
    build = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "wheel"]
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*build, *options, str(ROOT)], check=True)
    return next(folder.glob("connects-*.whl"))


def clean(**told: str) -> dict[str, str]:
    """An environment without this checkout's paths and settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, **told}


def test_an_installed_wheel_serves_the_site(installed: Path, tmp_path: Path) -> None:
    port = free_port()
    command = [str(installed / "connects"), "run", "--no-demo", "--port", str(port)]
    environment = clean(CONNECTS_VAR=str(tmp_path / "var"))

    with subprocess.Popen(command, cwd=tmp_path, env=environment) as site:
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}", site)
            page = subprocess.run(
                [installed / "connects", "policy", "show", "fair-2026"],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
        finally:
            site.terminate()
            site.wait(START_SECONDS_MOST)

    assert re.search("fair-2026", page.stdout)


def test_the_fresh_environment_holds_nothing_but_the_lock(installed: Path) -> None:
    program = "import importlib.metadata as m; print(*(d.name for d in m.distributions()))"
    told = subprocess.run(
        [installed / "python", "-c", program],
        env=clean(),
        capture_output=True,
        text=True,
        check=True,
    )
    held = {re.sub(r"[-_.]+", "-", name).lower() for name in told.stdout.split()}

    assert held - {"connects"} <= set(pins(ROOT / "requirements" / "run.lock"))
    assert "scikit-learn" not in held
