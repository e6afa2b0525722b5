"""A process of its own that hires, or withdraws: started by the test of both at once.

    python -m tests.faults.decider hire|withdraw LAST

Does so with each of the first proposals to the jobs titled `Job 0` to `Job LAST`, and prints what came
of it.
"""

import os
import sys
from collections import Counter

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "connects.project.settings"
    django.setup()
    from connects.acts.proposals import client_acts, withdraw
    from connects.market.proposals.models import Proposal
    from connects.vocabulary.refusals import Refused

    outcomes: Counter[str] = Counter()
    for number in range(int(sys.argv[2])):
        proposal = Proposal.objects.select_related("job__client").get(job__title=f"Job {number}")
        if sys.argv[1] == "hire":
            answer = client_acts.hire(proposal, proposal.job.client)
        else:
            answer = withdraw.withdraw_proposal(proposal, proposal.account)
        outcomes["refused" if isinstance(answer, Refused) else "done"] += 1
    sys.stdout.write(" ".join(f"{name}={count}" for name, count in sorted(outcomes.items())))


if __name__ == "__main__":
    main()
