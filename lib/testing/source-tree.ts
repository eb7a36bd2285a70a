import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseSync } from "oxc-parser";

/** One source file of the project, for the house rules. */
export type SourceFile = {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Files of the project that it imports by value; type imports are gone at run time. */
  readonly imports: readonly string[];
  /** Those of them that are evaluated before the file itself: without `import()` inside a function. */
  readonly staticImports: readonly string[];
  /** The packages that it imports by value in the same way, as spelled in the source. */
  readonly packages: readonly string[];
  /** The same for type-only imports. */
  readonly typeImports: readonly string[];
  readonly isTest: boolean;
};

const root = join(import.meta.dirname, "..", "..");
const skipped = new Set(["node_modules", ".next", ".git", ".data", "migrations", "test-results"]);

/** Reads every TypeScript file below the given folders or files; for the architecture test only. */
export function readSources(places: readonly string[]): SourceFile[] {
  return places.flatMap((place) => filesBelow(join(root, place))).map(readSource);
}

/** True if the project has a file or folder at that path. */
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

/** Every file that `start` reaches by value imports, itself included; `edges` selects the imports that count. */
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
  const path = relative(root, file).replaceAll("\\", "/");
  const { module } = parseSync(file, text);
  const statements = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      // `import { type A } from` leaves nothing at run time either; `import "./a"` has no entries and runs the file.
      isType: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, isType }] : [],
      ),
    ),
  ];
  const values = statements.filter(({ isType }) => !isType).map(({ specifier }) => specifier);
  const types = statements.filter(({ isType }) => isType).map(({ specifier }) => specifier);
  const dynamic = module.dynamicImports.map(({ moduleRequest }) =>
    text.slice(moduleRequest.start, moduleRequest.end).replaceAll(/["'`]/g, ""),
  );
  const files = (specifiers: string[]) => specifiers.flatMap((specifier) => resolve(file, specifier) ?? []);
  return {
    path,
    text,
    imports: files([...values, ...dynamic]),
    staticImports: files(values),
    packages: values.filter((specifier) => !/^(?:\.|@\/|node:)/.test(specifier)),
    typeImports: files(types),
    isTest: /\.test\.tsx?$|^lib\/testing\//.test(path),
  };
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
