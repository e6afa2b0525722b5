import os

from tests.browser.chromium import driver_environment

# Playwright reads it when its driver starts, which is after this file was loaded.
os.environ.update(driver_environment())

# Playwright keeps an event loop in the tests' thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
