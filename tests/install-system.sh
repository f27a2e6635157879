#!/bin/sh
# What the tests need of the system, installed if it is not there yet: the browser that the journeys are made in,
# and the reader that looks at printed pages.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
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
