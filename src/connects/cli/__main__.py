"""`python -m connects.cli` is `connects`."""

from connects.cli.main import main

if __name__ == "__main__":  # a process that is spawned imports this file, too
    main()
