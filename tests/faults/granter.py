"""A process of its own that grants Connects: started by the test of concurrent grants.

    python -m tests.faults.granter E-MAIL ACCOUNT FIRST LAST
    python -m tests.faults.granter E-MAIL agree NUMBER

Grants 100 Connects with each key from FIRST to LAST, or agrees to a proposal, and prints what came of it.
"""

import os
import sys
from collections import Counter

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "connects.project.settings"
    django.setup()
    from connects.acts.staff import grant_courtesy
    from connects.acts.staff.decide_correction import agree_to_correction
    from connects.market.corrections.models import Correction
    from connects.market.people.models import Account, User
    from connects.vocabulary.refusals import Refused

    staff, outcomes = User.objects.get(email=sys.argv[1]), Counter[str]()
    if sys.argv[2] == "agree":
        answers = [agree_to_correction(Correction.objects.get(pk=sys.argv[3]), staff)]
    else:
        account, keys = Account.objects.get(handle=sys.argv[2]), range(*map(int, sys.argv[3:]))
        answers = [grant_courtesy.grant(account, 100, "a race", staff, f"key-{n}") for n in keys]
    for answer in answers:
        outcomes["refused" if isinstance(answer, Refused) else answer.state] += 1
    sys.stdout.write(" ".join(f"{name}={count}" for name, count in sorted(outcomes.items())))


if __name__ == "__main__":
    main()
