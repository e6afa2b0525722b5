import os

from hypothesis import HealthCheck, settings

from tests.network import stay_on_this_machine

stay_on_this_machine()

# Repeatable by default; HYPOTHESIS_PROFILE=search looks for new counterexamples.
settings.register_profile(
    "repeatable",
    deadline=None,  # two tests share a core with a database
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],  # speed is the benches' business
)
settings.register_profile("search", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
