#!/bin/sh
# Checks the types of the page's script (JSDoc, by `tsc --checkJs`). Without Node this is skipped with
# the reason; with CI set that is a failure. TypeScript is kept in build/, which git does not see.
set -eu
cd "$(dirname "$0")/.."

skip() {
  echo "The page's script is not type-checked: $1" >&2
  [ -z "${CI:-}" ] || exit 1
  exit 0
}

command -v npm >/dev/null 2>&1 || skip "there is no npm here; on Debian or Ubuntu: apt-get install npm"
there=build/tsc
mkdir -p "$there"
if ! cmp -s package.json "$there/package.json"; then
  cp package.json "$there/package.json"
  if ! npm install --prefix "$there" --silent --no-audit --no-fund --no-package-lock; then
    rm -f "$there/package.json"
    skip "TypeScript could not be installed"
  fi
fi
"$there/node_modules/.bin/tsc" --project .
