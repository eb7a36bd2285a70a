import { placeOf, rankOf, ranks, upwardImports } from "./house-plan";
import { readSources } from "./source-tree";

// Prints the import graph by folder, highest rank first, types included: `npm run graph`.

const product = readSources(["app", "components", "lib", "drizzle"]).filter(({ isTest }) => !isTest);
const below = new Map<string, Set<string>>(ranks.map((rank) => [rank, new Set()]));

for (const file of product) {
  for (const imported of [...file.imports, ...file.typeImports]) {
    const [from, to] = [placeOf(file.path), placeOf(imported)];
    if (from !== null && to !== null && from !== to) below.get(from)?.add(to);
  }
}

const width = Math.max(...ranks.map((rank) => rank.length));
for (const rank of [...ranks].reverse()) {
  const targets = [...(below.get(rank) ?? [])].sort((one, other) => rankOf(other) - rankOf(one));
  process.stdout.write(`${rank.padEnd(width)} → ${targets.map(shortened).join(" ") || "nothing"}\n`);
}
const upward = upwardImports(product);
process.stdout.write(`\n${product.length} files, ${upward.length} imports upward\n`);
for (const line of upward) process.stdout.write(`${line}\n`);
process.exitCode = upward.length === 0 ? 0 : 1;

function shortened(place: string): string {
  return place.replace(/^lib\//, "");
}
