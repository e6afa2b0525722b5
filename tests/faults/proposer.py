"""A process of its own that sends proposals: started by the test of concurrent proposals.

    python -m tests.faults.proposer ACCOUNT FIRST LAST [KEY]

Sends one proposal to each of the jobs titled `Job FIRST` to `Job LAST`, and prints what came of it.
"""

import os
import sys
from collections import Counter

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "connects.project.settings"
    django.setup()
    from connects.acts.proposals import submit as proposals
    from connects.acts.proposals.submission import ProposalForm
    from connects.market.jobs.models import Job
    from connects.market.people.models import Account
    from connects.vocabulary.refusals import Refused

    account = Account.objects.get(handle=sys.argv[1])
    outcomes: Counter[str] = Counter()
    for number in range(int(sys.argv[2]), int(sys.argv[3])):
        job = Job.objects.get(title=f"Job {number}")
        key = sys.argv[4] if len(sys.argv) > 4 else f"key-{number}"
        answer = proposals.submit(job, account, ProposalForm(key=key))
        outcomes[answer.code.value if isinstance(answer, Refused) else "accepted"] += 1
    sys.stdout.write(" ".join(f"{name}={count}" for name, count in sorted(outcomes.items())))


if __name__ == "__main__":
    main()
