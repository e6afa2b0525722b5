"""A process of its own that runs what is due: started, and killed, by the test of renewals.

python -m tests.faults.renewer UNTIL

Prints a line after every turn. Batches are small, so that there is something to kill it amid.
"""

import os
import sys
from datetime import datetime

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "connects.project.settings"
    django.setup()
    from connects.acts.credits import expire_lots
    from connects.acts.purchases import renew
    from connects.due.run import run

    renew.BATCH = expire_lots.BATCH = 20

    def say(turns: int, at: datetime) -> None:
        sys.stdout.write(f"{turns} {at.isoformat()}\n")
        sys.stdout.flush()

    run(datetime.fromisoformat(sys.argv[1]), progress=say)


if __name__ == "__main__":
    main()
