#!/usr/bin/env bash
# A mutation tester stops before its first mutant where TypeScript 7 is installed.
#
# What one would guess: StrykerJS mutates the sources itself and runs a test command, so the installed compiler does not
#   matter. It has TypeScript neither as a dependency nor as a peer dependency.
# What is so: where the project has a tsconfig.json, it rewrites that file with the JavaScript API of the package
#   `typescript`, whose version 7 exports other entry points: `ts.parseConfigFileTextToJson` is not there. It ends with a
#   TypeError. A `tsconfigFile` that does not exist avoids it; the mutants are the same.
# Versions: @stryker-mutator/core 9.6.1, typescript 7.0.2. Source: the stack trace names its own
#   dist/src/sandbox/ts-config-preprocessor.js; the exports stand in TypeScript's package.json.
# Exits 0 while it is so, 1 when that has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > package.json <<'JSON'
{ "name": "mutated", "version": "1.0.0", "private": true, "type": "module", "scripts": { "test": "node --test" } }
JSON
npm install --silent --no-audit --no-fund --ignore-scripts typescript@7.0.2 @stryker-mutator/core@9.6.1

echo '{ "compilerOptions": { "strict": true, "noEmit": true } }' > tsconfig.json
mkdir src
echo 'export const isOld = (age) => age > 90;' > src/age.js
cat > src/age.test.js <<'JS'
import assert from "node:assert/strict";
import { test } from "node:test";
import { isOld } from "./age.js";
test("an age of 91 is old, one of 90 is not", () => assert.deepEqual([isOld(91), isOld(90)], [true, false]));
JS

mutate() {
  echo "{ \"testRunner\": \"command\", \"mutate\": [\"src/age.js\"], \"reporters\": [], \"concurrency\": 1$1 }" > stryker.config.json
  npx stryker run
}

if printed="$(mutate "" 2>&1)"; then
  echo "Changed: it runs beside TypeScript 7." >&2
  exit 1
fi
if ! grep -q "parseConfigFileTextToJson is not a function" <<< "$printed"; then
  echo "Changed: it fails in another way:" >&2
  tail -n 5 <<< "$printed" >&2
  exit 1
fi
if ! mutate ', "tsconfigFile": "none.json"' > /dev/null 2>&1; then
  echo "Changed: without a tsconfig.json it fails, too." >&2
  exit 1
fi
echo "Still so: with a tsconfig.json it ends with a TypeError; without one it runs."
