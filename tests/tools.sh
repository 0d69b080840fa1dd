#!/bin/sh
# Sees to what the tests need beside Python: a browser, and a JDK with Maven for the real Neo4j.
# Where it may (root on Debian or Ubuntu) it installs what is missing; else it says what to install,
# and the tests that need it are skipped with that reason (with CI set, a skip is a failure).
set -u

missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
  command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
if [ -z "${NEO4J_URI:-}" ] && ! docker info >/dev/null 2>&1; then
  command -v java >/dev/null 2>&1 || missing="$missing default-jdk-headless"
  command -v mvn >/dev/null 2>&1 || missing="$missing maven"
fi
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "== Installing$missing" >&2
  # shellcheck disable=SC2086 # the names are words of ours
  if apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >&2; then
    exit 0
  fi
fi
echo "Not all tests can run here: missing$missing." >&2
echo "On Debian or Ubuntu: sudo apt-get install$missing" >&2
