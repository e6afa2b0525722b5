"""Install the locked packages and the project into `.venv`.

    python3 requirements/install.py setup      what the server and every command need
    python3 requirements/install.py develop    the same and what the tests need

A server that only runs the site needs no more than `requirements/run.lock`.

The hard case is a machine whose `python3` is too old or whose Python came without `venv`'s
`ensurepip` (Debian splits it off). An older syntax is kept in this file so that such a Python
can still read it and say in plain words what is missing, or hand over to a newer one.
"""

import hashlib
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWER_PYTHONS = ("python3.13", "python3.12", "python3.11")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENVIRONMENT = os.path.join(ROOT, ".venv")
ENVIRONMENT_PYTHON = os.path.join(ENVIRONMENT, "bin", "python")
STAMP = os.path.join(ENVIRONMENT, "installed")
LOCKS = ("setup", "develop")


def main(arguments):
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        sys.exit("usage: install.py setup|develop")
    if sys.version_info[:2] < OLDEST:
        hand_over_to_newer_python(arguments)
    lock = arguments[0]
    if not is_installed(lock):
        create_environment()
        install(lock)
        write_stamp(lock)


def hand_over_to_newer_python(arguments):
    for name in NEWER_PYTHONS:
        path = shutil.which(name)
        if path and works(path):
            os.execv(path, [path, os.path.abspath(__file__)] + arguments)
    sys.exit(
        "Connects needs Python 3.11 or newer; this one is %d.%d and no newer one was found.\n"
        "Install one, or name it: make PYTHON=/path/to/python3.11 ..." % sys.version_info[:2]
    )


def works(python, statement="pass"):
    """A version manager's stub can be on the path without the version behind it."""
    return subprocess.call([python, "-c", statement], stderr=subprocess.DEVNULL) == 0


def is_installed(lock):
    try:
        with open(STAMP) as stamp:
            installed = stamp.read().split()
    except OSError:
        return False
    covers = LOCKS[LOCKS.index(lock) :]
    return any(installed == [name, fingerprint(name)] for name in covers)


def fingerprint(lock):
    digest = hashlib.sha256(ROOT.encode())
    for name in ("pyproject.toml", "requirements/%s.lock" % lock, "requirements/install.py"):
        with open(os.path.join(ROOT, name), "rb") as content:
            digest.update(content.read())
    return digest.hexdigest()


def write_stamp(lock):
    with open(STAMP, "w") as stamp:
        stamp.write("%s %s\n" % (lock, fingerprint(lock)))


def create_environment():
    if os.path.exists(ENVIRONMENT_PYTHON) and works(ENVIRONMENT_PYTHON):
        return
    say("Creating .venv with Python %d.%d" % sys.version_info[:2])
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    if works(sys.executable, "import ensurepip, venv"):
        run([sys.executable, "-m", "venv", ENVIRONMENT])
    else:
        create_environment_without_ensurepip()


def create_environment_without_ensurepip():
    outer_pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    if subprocess.call([*outer_pip, "--version"], stdout=subprocess.DEVNULL) != 0:
        sys.exit(
            "This Python has neither ensurepip nor pip, so it cannot make a virtual environment.\n"
            "On Debian or Ubuntu: apt-get install python3-venv"
        )
    run([sys.executable, "-m", "venv", "--without-pip", ENVIRONMENT])
    run([*outer_pip, "--python", ENVIRONMENT_PYTHON, "install", "--quiet", "pip"])


def install(lock):
    say("Installing requirements/%s.lock into .venv" % lock)
    pip = [ENVIRONMENT_PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run([*pip, "--require-hashes", "-r", "requirements/%s.lock" % lock])
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", "."])


def run(command):
    status = subprocess.call(command, cwd=ROOT)
    if status != 0:
        sys.exit("This step failed (exit status %d): %s" % (status, " ".join(command)))


def say(sentence):
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
