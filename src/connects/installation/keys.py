"""The keys that belong to a database, in a backup: encrypted by a passphrase."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings

from connects.installation.manifest import RefusedBackup

SECRET_KEY = "secret_key"  # noqa: S105 a file's name
ROOT_KEY = "root_key.pem"
_PEM = "-----BEGIN"
# About a second and 128 MB for each guess.
_COST, _BLOCK, _PARALLEL = 2**17, 8, 1


def present_keys() -> dict[str, str]:
    """The keys of this installation, by the names of their files in CONNECTS_VAR."""
    keys = {SECRET_KEY: str(settings.SECRET_KEY)}
    given = str(settings.ROOT_KEY)
    if given.startswith(_PEM):
        keys[ROOT_KEY] = given
    else:
        with suppress(FileNotFoundError):
            keys[ROOT_KEY] = (Path(given) if given else settings.VAR / ROOT_KEY).read_text()
    return keys


def seal_keys(keys: Mapping[str, str], passphrase: str) -> bytes:
    salt = os.urandom(16)
    token = _lock(passphrase, salt).encrypt(json.dumps(keys).encode())
    return json.dumps({"salt": b64encode(salt).decode(), "sealed": token.decode()}).encode()


def open_keys(text: bytes, passphrase: str) -> dict[str, str]:
    """The keys. Raises RefusedBackup where the passphrase is not theirs."""
    try:
        parts = json.loads(text)
        plain = _lock(passphrase, b64decode(parts["salt"])).decrypt(parts["sealed"].encode())
        keys = json.loads(plain)
        return {name: str(keys[name]) for name in (SECRET_KEY, ROOT_KEY) if name in keys}
    except (InvalidToken, ValueError, KeyError, TypeError, AttributeError):
        raise RefusedBackup("its keys do not open with this passphrase") from None


def put_back(keys: Mapping[str, str], stamp: str) -> list[Path]:
    """Write the keys into CONNECTS_VAR; others that are there are kept beside. The files written."""
    written = []
    for name, text in keys.items():
        path: Path = settings.VAR / name
        if path.exists():
            if path.read_text() == text:
                continue
            path.rename(path.with_name(f"{name}.before-restore-{stamp}"))
        fresh = path.with_name(f"{name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(text)
        fresh.rename(path)
        written.append(path)
    return written


def _lock(passphrase: str, salt: bytes) -> Fernet:
    kdf = Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=_PARALLEL)
    return Fernet(urlsafe_b64encode(kdf.derive(passphrase.encode())))
