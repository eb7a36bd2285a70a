import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** One source file of the project as the house rules see it. */
export type SourceFile = {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Files of the project that it imports by value; types are gone at run time and bind nothing. */
  readonly imports: readonly string[];
  /** Of those the ones that are evaluated before the file itself: without `import()` inside a function. */
  readonly staticImports: readonly string[];
  /** The packages that it imports by value in the same way, as they are spelled. */
  readonly packages: readonly string[];
  /** The same for type-only imports. */
  readonly typeImports: readonly string[];
  readonly isTest: boolean;
};

const root = join(import.meta.dirname, "..");
const skipped = new Set(["node_modules", ".next", ".git", ".data", "migrations", "test-results"]);

/** Reads every TypeScript file below the given folders or files; for the architecture test only. */
export function readSources(places: readonly string[]): SourceFile[] {
  return places.flatMap((place) => filesBelow(join(root, place))).map(readSource);
}

/** Whether the project has a file or folder at that path. */
export function existsInProject(path: string): boolean {
  return statSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
}

/** The names of the files in one folder of the project. */
export function namesIn(folder: string): string[] {
  return readdirSync(join(root, folder));
}

/** The text of one file of the project. */
export function readProjectFile(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Every file that `start` reaches by value imports, itself included; `edges` narrows down which of them count. */
export function reachableFrom(
  start: string,
  sources: ReadonlyMap<string, SourceFile>,
  edges: "imports" | "staticImports" = "imports",
): Set<string> {
  const reached = new Set<string>();
  const queue = [start];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    queue.push(...(sources.get(path)?.[edges] ?? []));
  }
  return reached;
}

function filesBelow(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    if (entry.isDirectory()) return filesBelow(join(path, entry.name));
    return /\.tsx?$/.test(entry.name) ? [join(path, entry.name)] : [];
  });
}

function readSource(file: string): SourceFile {
  const text = readFileSync(file, "utf8");
  const found = [...text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^;"']*?["']([^"']+)["'];?$/gm)];
  const specifiers = (typeOnly: boolean) =>
    found
      .filter(([statement, type]) => (Boolean(type) || hasTypesOnly(statement)) === typeOnly)
      .map(([, , specifier = ""]) => specifier);
  const of = (typeOnly: boolean) =>
    specifiers(typeOnly).flatMap((specifier) => resolve(file, specifier) ?? []);
  const dynamic = [...text.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g)];
  return {
    path: relative(root, file).replaceAll("\\", "/"),
    text,
    imports: [...of(false), ...dynamic.flatMap(([, specifier = ""]) => resolve(file, specifier) ?? [])],
    staticImports: of(false),
    packages: specifiers(false).filter((specifier) => !/^(?:\.|@\/|node:)/.test(specifier)),
    typeImports: of(true),
    isTest: /\.test\.tsx?$|(^|\/)testing\.ts$|\/test-[^/]+\.ts$/.test(file),
  };
}

// `import { type A, type B } from` leaves nothing behind either.
function hasTypesOnly(statement: string): boolean {
  const names = /\{([^}]*)\}/.exec(statement)?.[1];
  if (names === undefined || /^\s*import\s+\w/.test(statement)) return false;
  const each = names
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  return each.length > 0 && each.every((name) => name.startsWith("type "));
}

function resolve(from: string, specifier: string): string | null {
  const base = specifier.startsWith("@/")
    ? join(root, specifier.slice(2))
    : specifier.startsWith(".")
      ? join(dirname(from), specifier)
      : null;
  if (base === null) return null;
  const file = [base, `${base}.ts`, `${base}.tsx`].find((path) =>
    statSync(path, { throwIfNoEntry: false })?.isFile(),
  );
  return file ? relative(root, file).replaceAll("\\", "/") : null;
}
