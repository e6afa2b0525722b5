"""Members who act all the while, as a process of its own: until its input ends.

python -m tests.lab.replay.writer
"""

from __future__ import annotations

import os
import select
import sys
from datetime import timedelta
from itertools import count

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "connects.project.settings")
    django.setup()
    from connects.acts.jobs.end import close
    from connects.acts.proposals.withdraw import withdraw_proposal
    from connects.bootstrap.clock import held_at
    from connects.market.jobs.models import CloseReason
    from connects.market.people.models import Account
    from connects.vocabulary.parties import AccountKind
    from tests.lab.replay.story import END, sent
    from tests.market.people import posted, registered

    acme = Account.objects.get(handle="acme")
    for number in count():
        with held_at(END + timedelta(seconds=number)):
            member = registered(f"new-{number}", AccountKind.FREELANCER)
            job = posted(acme, f"More {number}")
            proposal = sent(job, member)
            if number % 2:
                withdraw_proposal(proposal, member)
            close(job, acme, CloseReason.NOT_HIRING)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        if select.select([sys.stdin], [], [], 0)[0]:
            return


if __name__ == "__main__":
    main()
