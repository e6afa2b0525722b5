"""A process of its own whose threads do one thing at the same time, each as a request would.

    python -m tests.faults.acting_at_once reply|flag PERSON THREADS FIRST

Prints what came of it: how often it was done, and how often it was refused and why.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "connects.project.settings"
    django.setup()
    from django.db import connection

    act = _acts()[sys.argv[1]]
    person, threads, first = sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    together = Barrier(threads)

    def once(number: int) -> str:
        together.wait()
        try:
            return act(person, number)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        done = Counter(pool.map(once, range(first, first + threads)))
    sys.stdout.write(" ".join(f"{name}={count}" for name, count in sorted(done.items())))


def _acts() -> dict[str, Callable[[str, int], str]]:
    from connects.acts.jobs.flag import flag_job
    from connects.acts.rules.announce import reply_to_announcement
    from connects.market.announcements.models import Announcement
    from connects.market.jobs.models import Job
    from connects.market.moderation.models import FlagReason
    from connects.market.people.models import Account, User
    from connects.vocabulary.refusals import Refused

    def outcome(answer: object) -> str:
        return str(answer.parameters["problem"]) if isinstance(answer, Refused) else "done"

    def replied(person: str, number: int) -> str:
        account = Account.objects.get(handle=person)
        user = User.objects.get(memberships__account=account)
        announcement = Announcement.objects.get()
        return outcome(
            reply_to_announcement(announcement, account, user, f"Question {number}", str(number))
        )

    def flagged(person: str, number: int) -> str:
        account = Account.objects.get(handle=person)
        return outcome(flag_job(Job.objects.get(), account, FlagReason.OTHER, "Look at this"))

    return {"reply": replied, "flag": flagged}


if __name__ == "__main__":
    main()
