"""A process that posts to random wallets, as fast as it can, until a file appears.

python -m tests.installation.busy STOP
"""

import random
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path

import django


def main(stop: Path) -> None:
    django.setup()
    from django.db import transaction

    from connects.bootstrap.clock import now
    from connects.bootstrap.journals import journal
    from connects.journal.port import Posted
    from connects.ledger.commands import Issue
    from connects.ledger.lots import LotKind

    chance = random.Random(17)
    wallets = [row.wallet.id for row in journal().store.wallets_after(0, 100)]
    for number in count():
        if stop.exists():
            sys.stdout.write(f"{number}\n")
            return
        at = now()
        command = Issue(
            wallet=chance.choice(wallets),
            key=f"busy-{number}",
            reference="busy",
            rule_book="busy@1",
            effective=at,
            kind=LotKind.BONUS,
            credits=1,
            expires=at + timedelta(days=30),
        )
        with transaction.atomic():
            assert isinstance(journal().post_one(command, at), Posted)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
