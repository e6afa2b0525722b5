"""What a root says, word for word, and the Ed25519 key that signs it."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

_PEM = "-----BEGIN"


@dataclass(frozen=True, slots=True)
class RootStatement:
    """What is signed. `previous` is the SHA-256 of the statement before: one root vouches for all."""

    number: int
    day: date
    made: datetime
    wallets: int
    root: bytes
    previous: bytes

    def text(self) -> str:
        """The statement, word for word as it is signed; its form is for ever."""
        return (
            "connects root 1\n"
            f"number: {self.number}\n"
            f"day: {self.day.isoformat()}\n"
            f"made: {self.made.isoformat(timespec='microseconds')}\n"
            f"wallets: {self.wallets}\n"
            f"root: {self.root.hex()}\n"
            f"previous: {self.previous.hex()}\n"
        )

    def digest(self) -> bytes:
        return hashlib.sha256(self.text().encode()).digest()


@dataclass(frozen=True, slots=True)
class Signer:
    """An Ed25519 key that signs roots."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self.private.public_key().public_bytes_raw()

    def sign(self, statement: RootStatement) -> bytes:
        """The signature, 64 bytes."""
        return self.private.sign(statement.text().encode())


def key_id(public: bytes) -> str:
    """A key's short name: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def is_signed(statement: RootStatement, public: bytes, signature: bytes) -> bool:
    """Whether that key signed that statement."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, statement.text().encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def signer_from(given: str, kept: Path) -> Signer:
    """The key that is given, as PEM text or as a file's path; without one, that in the file `kept`.

    Where nothing is given and the file does not exist, a key is made and kept there, readable to its
    owner alone. Raises ValueError, in words for people, where what is given is no Ed25519 key.
    """
    if given.startswith(_PEM):
        return _signer(given.encode(), "CONNECTS_ROOT_KEY")
    path = Path(given) if given else kept
    if not given and not path.exists():
        _make_key(path)
    try:
        return _signer(path.read_bytes(), str(path))
    except OSError as problem:
        raise ValueError(f"The key that signs roots cannot be read: {problem}") from problem


def _signer(pem: bytes, source: str) -> Signer:
    key: object = None
    with suppress(ValueError, TypeError):
        key = load_pem_private_key(pem, password=None)
    if isinstance(key, Ed25519PrivateKey):
        return Signer(key)
    raise ValueError(f"{source} holds no private Ed25519 key, as PEM without a password.")


def _make_key(path: Path) -> None:
    """Make a key; where two processes do so at once, the first one's counts."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_bytes(pem)
    with suppress(FileExistsError):
        path.hardlink_to(fresh)
    fresh.unlink()
