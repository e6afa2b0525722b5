"""Check your own Connects against a published root, without asking anyone.

    python3 check_statement.py connects-proof.json
    python3 check_statement.py connects-proof.json --root 5f3a… --key 90ab…

It needs Python 3.9 or newer and nothing else, and it reads nothing but the file. It computes the hash
of every line of your history anew, adds the lines up, and follows the path from your last line to the
root over all wallets. Compare that root with the one that was published (`--root` does it for you):
whoever changes one of your lines afterwards would need another root. Where the package `cryptography`
is installed, the signature is checked too; `--key` says whose it has to be.

Exit status: 0 where all holds, 1 where something does not, 2 where the file is no proof.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

FORMAT = "connects-proof-1"
EMPTY = bytes(32)
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


class Wrong(Exception):
    """Something does not hold; the message says what."""


def line_of(wallet: int, entry: dict[str, Any]) -> bytes:
    """The line as the bytes that its hash covers."""
    draws = ";".join("{},{},{}".format(*draw) for draw in entry["draws"])
    issued, lot = "", entry["lot"]
    if lot is not None:
        expires = "never" if lot["expires"] is None else lot["expires"]
        issued = f"{lot['credits']},{lot['cost_cents']},{expires}"
    texts = [f"{len(entry[name])}:{entry[name]}" for name in ("reference", "key")]
    rule_book = f"{len(entry['rule_book'])}:{entry['rule_book']}"
    fields = [
        wallet,
        *(entry[name] for name in ("number", "kind", "credits", "balance")),
        draws,
        issued,
        *(entry[name] for name in ("debt_change", "withheld")),
        *texts,
        entry["digest"],
        rule_book,
        *(entry[name] for name in ("effective", "recorded")),
    ]
    return "|".join(map(str, fields)).encode()


def check_lines(wallet: int, entries: list[dict[str, Any]]) -> bytes:
    """Follow the chain of hashes and add up the balance; returns the last line's hash."""
    head, balance = EMPTY, 0
    for number, entry in enumerate(entries, start=1):
        if entry["number"] != number:
            raise Wrong(f"line {number} is missing: {entry['number']} stands in its place")
        balance += entry["credits"]
        if entry["balance"] != balance:
            raise Wrong(f"line {number} says {entry['balance']} Connects, the sum is {balance}")
        moved = sum(draw[1] for draw in entry["draws"])
        if entry["credits"] != moved + (entry["lot"]["credits"] if entry["lot"] else 0):
            raise Wrong(f"line {number} says {entry['credits']} Connects, its lots do not")
        head = hashlib.sha256(head + line_of(wallet, entry)).digest()
        if head.hex() != entry["hash"]:
            raise Wrong(f"line {number} is not what its hash covers")
    return head


def root_of(wallet: int, number: int, head: bytes, path: list[str]) -> bytes:
    """The root to which the path leads. The bits of the wallet's number say left or right."""
    if len(path) != 63 or wallet >> 63:
        raise Wrong("the path has not the length of a path")
    leaf = b"\x00" + wallet.to_bytes(8, "big") + number.to_bytes(8, "big") + head
    found = hashlib.sha256(leaf).digest()
    for level, text in enumerate(path):
        sibling = bytes.fromhex(text) if text else EMPTY
        right = wallet >> level & 1
        found = hashlib.sha256(b"\x01" + (sibling + found if right else found + sibling)).digest()
    return found


def check_signature(root: dict[str, Any]) -> str:
    """What can be said of the signature. Raises Wrong where it is not the key's."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return "not checked: the package cryptography is not installed"
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(root["public_key"]))
    try:
        key.verify(bytes.fromhex(root["signature"]), root["statement"].encode())
    except InvalidSignature:
        raise Wrong("the root's statement was not signed with the key that is named") from None
    return f"valid, by key {root['public_key']}"


def check(proof: dict[str, Any], root_hex: str | None, key_hex: str | None) -> None:
    """Check all, and print what was found. Raises Wrong at the first thing that does not hold."""
    root, wallet, entries = proof["root"], proof["wallet"], proof["entries"]
    head = check_lines(wallet, entries)
    if len(entries) != proof["entries_in_root"] or not entries:
        raise Wrong(f"the root covers {proof['entries_in_root']} lines, {len(entries)} are here")
    found = root_of(wallet, len(entries), head, proof["path"]).hex()
    said = dict(line.partition(": ")[::2] for line in root["statement"].splitlines())
    if not found == root["root"] == said["root"]:
        raise Wrong(f"your lines lead to the root {found}, the proof names {said['root']}")
    if said["number"] != str(root["number"]) or said["day"] != root["day"]:
        raise Wrong("what was signed is about another root")
    for what, given, known in (("root", root_hex, found), ("key", key_hex, root["public_key"])):
        if given is not None and given.strip().lower() != known:
            raise Wrong(f"the {what} that you compare with is another one: here it is {known}")
    signature = check_signature(root)
    at = EPOCH + timedelta(microseconds=entries[-1]["recorded"])
    print(f"{len(entries)} lines, the last of {at:%Y-%m-%d %H:%M} UTC: every hash and sum holds")
    print(f"balance after it: {entries[-1]['balance']} Connects")
    print(f"root {root['number']} of {root['day']}, over {said['wallets']} wallets: {found}")
    print(f"signature: {signature}")
    if root_hex is None:
        print("compare this root with the one that was published")


def read(path: Path) -> dict[str, Any]:
    """The proof in that file. Raises ValueError where it is none."""
    proof = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(proof, dict) or proof.get("format") != FORMAT:
        raise ValueError(f"its format is not {FORMAT}")
    return proof


def main() -> int:
    asked = argparse.ArgumentParser(description="Check your own Connects against a published root.")
    asked.add_argument("file", help="the proof, as downloaded")
    asked.add_argument("--root", help="the root that was published, in hexadecimal")
    asked.add_argument("--key", help="the public key that must have signed it, in hexadecimal")
    given = asked.parse_args()
    try:
        check(read(Path(given.file)), given.root, given.key)
    except Wrong as problem:
        print(f"DOES NOT HOLD: {problem}")
        return 1
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
    ) as problem:
        print(f"{given.file} is no proof: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
