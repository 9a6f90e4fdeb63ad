#!/usr/bin/env bash
# Sets Casewire up when needed, then runs it with the arguments given; without any, on the bundled sample feeds.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
"$here/setup.sh"
exec "$here/.venv/bin/python" -m pipeline run "$@"
