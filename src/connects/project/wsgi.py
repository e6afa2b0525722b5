"""The server's entry point."""

import gc
import os

import django

GARBAGE_THRESHOLD = 100_000

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "connects.project.settings")
django.setup(set_prefix=False)

from connects.acts.proposals import gather  # noqa: E402 models are loaded by now
from connects.api.calls_together import CALLS_TOGETHER  # noqa: E402
from connects.market.api_clients import server_keys  # noqa: E402
from connects.project.site import Site  # noqa: E402
from connects.project.work_threads import READERS_MOST, THREADS, WorkThreads  # noqa: E402

application = Site()

# What `connects web` serves: its server has threads of its own, which read and send.
# Proposals that are sent at the same time share their transactions.
gather.begin()
server_keys.cache_clients()
# What was loaded by now stays. To walk it for garbage would hold up all threads for a tenth of a second.
# Nor is what two bulk calls of 1,000 hold meanwhile, some 30,000 objects each: it goes by itself.
gc.freeze()
gc.set_threshold(GARBAGE_THRESHOLD, 20, 20)
served = WorkThreads(application, THREADS, READERS_MOST, CALLS_TOGETHER)
