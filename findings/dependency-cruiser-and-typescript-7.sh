#!/usr/bin/env bash
# What one would guess: dependency-cruiser in a TypeScript project without a compiler that it can use says so and fails, so
#   a green "no dependency violations found" in CI means that the rules were held.
# What is so: beside typescript 7.0.2, dependency-cruiser 17.4.3 (it supports TypeScript below 7) skips every .ts file
#   without a word: a folder whose two files import each other gives "no dependency violations found (0 modules, 0
#   dependencies cruised)" and exit code 0 under a no-circular rule. Only `depcruise --info` tells. With @swc/core 1.16.22
#   installed besides, the same command finds the cycle; once `parser: "swc"` is named, it finds
#   that of .ts files too, but JSX in a .tsx file is a syntax error that ends the run.
# Source: found while an own rule on imports was to be replaced; run on Node.js 20.20.2.
# Exits 0 while this is so, and 1 when it has changed.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund typescript@7.0.2 dependency-cruiser@17.4.3
mkdir plain jsx
echo 'import { b } from "./b.js"; export const a: string = "a"; export const c = () => b;' >plain/a.ts
echo 'import { a } from "./a.js"; export const b: string = "b"; export const d = () => a;' >plain/b.ts
echo 'export const Page = ({ title }: { title: string }) => <p title={title}>text</p>;' >jsx/page.tsx
rules='forbidden: [{ name: "no-circular", severity: "error", from: {}, to: { circular: true } }]'
echo "module.exports = { $rules };" >rules.cjs
echo "module.exports = { $rules, options: { parser: \"swc\" } };" >swc.cjs

# Prints how a run ended: its exit code, and what it said.
cruise() {
  local code=0 said
  said="$(npx --no-install depcruise "$1" --config "$2" 2>&1)" || code=$?
  echo "exit $code: $(tr '\n' ' ' <<<"$said")"
}
alone="$(cruise plain rules.cjs)"
npm install --silent --no-audit --no-fund @swc/core@1.16.22
unnamed="$(cruise plain rules.cjs)"
named="$(cruise plain swc.cjs)"
jsx="$(cruise jsx swc.cjs)"
printf 'TypeScript 7 alone: %s\nwith swc: %s\nswc named: %s\nswc named, JSX: %.160s\n' \
  "$alone" "$unnamed" "$named" "$jsx"
if [[ "$alone" == "exit 0:"*"(0 modules, 0 dependencies cruised)"* && "$unnamed" == "exit 1:"*no-circular* &&
  "$named" == "exit 1:"*no-circular* && "$jsx" != "exit 0:"* && "$jsx" == *"Syntax Error"* ]]; then
  echo "As found."
else
  echo "This has changed."
  exit 1
fi
