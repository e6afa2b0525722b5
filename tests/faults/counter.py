"""A process of its own that counts flags of one account, and prints how many were let in.

python -m tests.faults.counter TRIES
"""

import os
import sys
from datetime import UTC, datetime

import django

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "connects.project.settings"
    django.setup()
    from connects.acts.oversight.count_acts import count_acts
    from connects.market.limits.table import FLAGS, SIGN_UPS

    counted = ((FLAGS, "account:1"), (SIGN_UPS, "address:192.0.2.1"))
    refusals = [count_acts(counted, NOON) for _ in range(int(sys.argv[1]))]
    sys.stdout.write(str(refusals.count(None)))


if __name__ == "__main__":
    main()
