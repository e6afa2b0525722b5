"""The Chromium that the browser tests drive, and how a machine without one gets it.

    python -m tests.browser.chromium      # make sure that there is one, print its path

In this order: the one that CHROMIUM names; one on the path; one fetched before; Debian's package,
installed as root; Debian's package unpacked into `.cache/chromium` as an ordinary user; the
download of Playwright. The hard case is the ordinary user: apt can fetch for anyone who gives it
folders of their own, and the unpacked browser then needs to be told where its libraries and fonts
are. A found program counts only if it starts: some systems put a stub on the path. Playwright's
own driver needs a library (libatomic) that a bare Debian lacks, so that comes along.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import starmap
from pathlib import Path

import playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-liberation", "libatomic1")
CACHE = Path(__file__).resolve().parents[2] / ".cache" / "chromium"
FETCHED = CACHE / "chromium"
FETCHED_DRIVER = CACHE / "node"
START_SECONDS_MAX = 60

# Debian's own aliases are links into /etc, which does not exist for an unpacked package.
FAMILIES = (
    ("sans-serif", "Liberation Sans"),
    ("serif", "Liberation Serif"),
    ("monospace", "Liberation Mono"),
    ("Arial", "Liberation Sans"),
    ("Times New Roman", "Liberation Serif"),
    ("Courier New", "Liberation Mono"),
)
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}/fontconfig</cachedir>
{aliases}</fontconfig>
"""


class ChromiumUnavailableError(RuntimeError):
    """No Chromium that starts; the message says what to do."""


class StepFailedError(RuntimeError):
    """One way to get a Chromium did not work; the next one is tried."""


def chromium_executable() -> Path:
    """Return a Chromium that starts, for Playwright's `executable_path`; fetch nothing.

    Raises:
        ChromiumUnavailableError: there is none, or the one that CHROMIUM names does not start.
    """
    for candidate in candidates():
        if starts(candidate):
            return candidate
        if os.environ.get("CHROMIUM"):
            raise ChromiumUnavailableError(f"CHROMIUM names {candidate}, which does not start.")
    raise ChromiumUnavailableError("No Chromium was found. `make browser` fetches one.")


def candidates() -> Iterator[Path]:
    named = os.environ.get("CHROMIUM")
    if named:
        yield Path(named)
        return
    for name in NAMES:
        on_path = shutil.which(name)
        if on_path:
            yield Path(on_path)
    if FETCHED.exists():
        yield FETCHED


def driver_environment() -> dict[str, str]:
    """Return the variables with which Playwright's driver starts on this machine."""
    return {"PLAYWRIGHT_NODEJS_PATH": str(FETCHED_DRIVER)} if FETCHED_DRIVER.exists() else {}


def starts(program: Path) -> bool:
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, timeout=START_SECONDS_MAX, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def ensure_chromium() -> Path:
    """Return a Chromium that starts, fetching one first where the machine has none.

    Raises:
        ChromiumUnavailableError: every way to get one failed; the message lists why.
    """
    failures: list[str] = []
    problems = missing_parts()
    ways = ways_to_fetch()
    while problems:
        fetch = next(ways, None)
        if fetch is None:
            raise ChromiumUnavailableError(
                "The browser tests need Chromium, and this machine could not get one:\n"
                + "\n".join(failures)
                + "\nInstall Chromium by hand, or set CHROMIUM to its path."
            )
        try:
            fetch()
            problems = missing_parts()
        except StepFailedError as failure:
            problems = [str(failure)]
        failures.append(f"- {fetch.__doc__}: {' '.join(problems)}")
    return chromium_executable()


def missing_parts() -> list[str]:
    """Return what a test lacks to drive a Chromium, in words."""
    problems = []
    try:
        chromium_executable()
    except ChromiumUnavailableError as problem:
        problems.append(str(problem))
    if not starts(driver()):
        problems.append("Playwright's driver does not start.")
    return problems


def driver() -> Path:
    fetched = driver_environment().get("PLAYWRIGHT_NODEJS_PATH")
    return Path(fetched) if fetched else shipped_driver()


def shipped_driver() -> Path:
    return Path(playwright.__file__).parent / "driver" / "node"


def ways_to_fetch() -> Iterator[Callable[[], None]]:
    if shutil.which("apt-get") and shutil.which("dpkg"):
        yield install_package if os.geteuid() == 0 else unpack_package
    yield download_with_playwright


def install_package() -> None:
    """Debian's package, installed"""
    say("Installing Chromium with apt-get")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    step(["apt-get", "update", "--quiet"], environment)
    step(
        ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *PACKAGES],
        environment,
    )


def unpack_package() -> None:
    """Debian's package, unpacked into the checkout"""
    say(f"Unpacking Chromium into {CACHE.relative_to(CACHE.parents[1])}")
    shutil.rmtree(CACHE, ignore_errors=True)
    root = CACHE / "root"
    archives = CACHE / "apt" / "archives"
    for folder in (root, archives / "partial", CACHE / "apt" / "lists" / "partial"):
        folder.mkdir(parents=True)
    apt = ["apt-get", "--quiet", "--yes", *apt_options()]
    step([*apt, "update"])
    step([*apt, "install", "--no-install-recommends", "--download-only", *PACKAGES])
    for archive in sorted(archives.glob("*.deb")):
        step(["dpkg", "-x", str(archive), str(root)])
    shutil.rmtree(CACHE / "apt")
    write_wrappers(root)


def apt_options() -> list[str]:
    """Return what lets apt work for an ordinary user: every folder that it writes is ours."""
    own = CACHE / "apt"
    options = {
        "Debug::NoLocking": "1",
        "Dir::State": str(own),
        "Dir::State::lists": str(own / "lists"),
        "Dir::State::status": "/var/lib/dpkg/status",
        "Dir::Cache": str(own),
        "Dir::Cache::archives": str(own / "archives"),
        "Dir::Log": str(own),
    }
    return [part for name, value in options.items() for part in ("-o", f"{name}={value}")]


def write_wrappers(root: Path) -> None:
    """Write the programs that start the browser and its driver with the unpacked libraries."""
    folders = ":".join(sorted({str(path.parent) for path in root.rglob("*") if is_library(path)}))
    libraries = f'export LD_LIBRARY_PATH="{folders}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"\n'
    if not starts(shipped_driver()):
        write_program(FETCHED_DRIVER, f'{libraries}exec "{shipped_driver()}" "$@"\n')
    browser = root / "usr" / "lib" / "chromium" / "chromium"
    if browser.exists():
        fonts = write_fonts(root)
        write_program(
            FETCHED, f'{libraries}export FONTCONFIG_FILE="{fonts}"\nexec "{browser}" "$@"\n'
        )


def is_library(path: Path) -> bool:
    return path.suffix == ".so" or ".so." in path.name


def write_fonts(root: Path) -> Path:
    fonts = CACHE / "fonts.conf"
    fonts.write_text(
        FONTS_CONF.format(aliases="".join(starmap(font_alias, FAMILIES)), root=root, cache=CACHE)
    )
    return fonts


def font_alias(family: str, font: str) -> str:
    return (
        f'  <alias binding="same"><family>{family}</family>'
        f"<prefer><family>{font}</family></prefer></alias>\n"
    )


def write_program(program: Path, body: str) -> None:
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text("#!/bin/sh\n" + body)
    program.chmod(0o755)


def download_with_playwright() -> None:
    """Playwright's own download"""
    say("Downloading Chromium with Playwright")
    step([sys.executable, "-m", "playwright", "install", "chromium"])
    ask = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    path = step([sys.executable, "-c", ask]).strip()
    write_program(FETCHED, f'exec "{path}" "$@"\n')


def step(command: Sequence[str], environment: dict[str, str] | None = None) -> str:
    finished = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if finished.returncode != 0:
        last_lines = (finished.stderr or finished.stdout).strip().splitlines()[-3:]
        raise StepFailedError(f"`{command[0]}` failed: {' / '.join(last_lines)}")
    return finished.stdout


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def main() -> int:
    try:
        print(ensure_chromium())
    except ChromiumUnavailableError as problem:
        say(str(problem))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
