#!/bin/sh
# Sees to what the tests need beside Python: two browsers, a JDK with Maven for the real Neo4j, Graphviz,
# and Argdown's own command. Where it may (root on Debian or Ubuntu) it installs what is missing; else
# it says what to install, and the tests that need it are skipped with that reason (with CI set, a skip
# is a failure).
set -u

missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
  command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
if [ -z "${NEO4J_URI:-}" ] && ! docker info >/dev/null 2>&1; then
  command -v java >/dev/null 2>&1 || missing="$missing default-jdk-headless"
  command -v mvn >/dev/null 2>&1 || missing="$missing maven"
fi
command -v dot >/dev/null 2>&1 || missing="$missing graphviz"

caches="${XDG_CACHE_HOME:-$HOME/.cache}"
[ "$(uname)" = Darwin ] && caches="$HOME/Library/Caches"
argdown="$caches/argmap/bench/argdown" # where bench/formats.py puts it too
has_argdown() { command -v argdown >/dev/null 2>&1 || [ -x "$argdown/node_modules/.bin/argdown" ]; }
command -v npm >/dev/null 2>&1 || missing="$missing npm" # the types of the page's script need it as well

if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "== Installing$missing" >&2
  # shellcheck disable=SC2086 # the names are words of ours
  if apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >&2; then
    missing=""
  fi
fi
# By itself: Ubuntu has no package of that name, and one unknown name stops all others.
if ! command -v firefox-esr >/dev/null 2>&1 && ! command -v firefox >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "== Installing firefox-esr" >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq firefox-esr; } >&2 ||
      echo "Not all tests can run here: no Firefox." >&2
  else
    echo "Not all tests can run here: no Firefox. On Debian: sudo apt-get install firefox-esr" >&2
  fi
fi
if [ -n "$missing" ]; then
  echo "Not all tests can run here: missing$missing." >&2
  echo "On Debian or Ubuntu: sudo apt-get install$missing" >&2
fi

if ! has_argdown && command -v npm >/dev/null 2>&1; then
  echo "== Installing the argdown command into $argdown" >&2
  mkdir -p "$argdown" && npm install --silent --prefix "$argdown" @argdown/cli >&2 ||
    echo "npm cannot install @argdown/cli: the test against it cannot run." >&2
fi
exit 0
