#!/bin/sh
# What the tests need of the system, installed if it is not there yet: the browser that the journeys are made in,
# the reader that looks at printed pages, the proxy of deploy/, the catalogue of a lake, and a certified provider of
# single sign-on.
set -eu
provider="$(dirname "$0")/provider"
if ! command -v npm >/dev/null 2>&1; then
    echo "This machine has no npm: single sign-on before a certified provider will be skipped." >&2
elif [ ! -d "$provider/node_modules" ]; then
    npm ci --silent --no-audit --no-fund --ignore-scripts --prefix "$provider" ||
        echo "The certified provider could not be installed: single sign-on before it will be skipped." >&2
fi
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v caddy >/dev/null 2>&1 || missing="$missing caddy"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
if [ -z "$missing" ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "This machine has no apt-get to install$(printf ' %s' $missing): the tests that need it will be skipped." >&2
    exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo"
fi
$as_root apt-get update -qq
# shellcheck disable=SC2086 # one word a package
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing
