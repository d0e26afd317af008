#!/usr/bin/env bash
# Runs client.mjs against the built program: run.sh PROGRAM. Status 77 (skipped) where there is no node or npm; `./dev` installs both.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
command -v node >/dev/null && command -v npm >/dev/null || { echo "skipped: node and npm are not installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$here/client.mjs" "$folder/"
(cd "$folder" && npm ci --silent --ignore-scripts --prefer-offline) || { echo "skipped: npm could not fetch the client"; exit 77; }
node "$folder/client.mjs" "$1" "$folder/data"
