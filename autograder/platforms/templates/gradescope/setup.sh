#!/usr/bin/env bash
# Run once, as root, when Gradescope builds the image: a Python of its own and the grader in it.
set -euo pipefail
here=${AUTOGRADER_HOME:-/autograder}

python=
find_python() {
  for one in python3.13 python3.12 python3.11 python3; do
    if "$one" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      python=$one
      return 0
    fi
  done
  return 1
}
if ! find_python; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq python3.12 python3.12-venv || apt-get install -y -qq python3.11 python3.11-venv
  find_python || { echo "no Python 3.11 or later to be had here: choose a newer base image" >&2; exit 1; }
fi

"$python" -m venv "$here/venv"
"$here/venv/bin/python" -m pip install --quiet --disable-pip-version-check {{requirement}}

# What is hidden is for root alone: students' code runs as another user.
chown -R root:root "$here/source" 2>/dev/null || true
chmod -R go-rwx "$here/source"
