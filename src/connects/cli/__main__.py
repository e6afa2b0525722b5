"""`python -m connects.cli` is `connects`."""

from connects.cli.main import main

main()
