"""What publishing costs the ledger, in a process of its own: python -m bench.service.publishing."""

from __future__ import annotations

import argparse
import json

from bench.events import publish_cost
from bench.installation import prepare


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--wallets", type=int, required=True)
    options = asked.parse_args()
    prepare()
    print(json.dumps(publish_cost(options.wallets)))


if __name__ == "__main__":
    main()
