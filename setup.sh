#!/usr/bin/env bash
# Makes .venv and installs the tested versions into it; does nothing when that is current.
# EXTRAS=dev adds what the tests need. PYTHON names the interpreter to use.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
venv=$here/.venv
extras=${EXTRAS:-}
stamp=$venv/.installed${extras:+-$extras}

find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3.12 python3.11 python3.13 python3; do
        if command -v "$candidate" >/dev/null &&
            "$candidate" -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    echo "casewire: Python 3.11, 3.12 or 3.13 with venv is needed and none was found: install one, or name it in PYTHON" >&2
    exit 1
}

# What was installed, and for which place: a moved checkout is set up anew.
wanted="$(cat "$here/pyproject.toml" "$here/constraints.txt" | cksum) $here"

is_current() {
    [ "$(cat "$1" 2>/dev/null)" = "$wanted" ] && "$venv/bin/python" -c '' 2>/dev/null
}
if is_current "$stamp" || { [ -z "$extras" ] && is_current "$stamp-dev"; }; then
    exit 0
fi

echo "casewire: setting up $venv (once; a minute or two)" >&2
python=$(find_python)
"$venv/bin/python" -c 'import pip' 2>/dev/null || "$python" -m venv --clear "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --constraint "$here/constraints.txt" --editable "$here${extras:+[$extras]}"
printf '%s' "$wanted" >"$stamp"
