import { describe, expect, it } from "vitest";
import config from "@/next.config";
import { reachableFrom, readProjectFile, readSources } from "./source-tree";

// A module that waits for something while it is evaluated makes every module above it asynchronous. Of two first requests
// at once, one can then run a page above modules that have not run yet, and the failed page stays broken until a restart.

const product = readSources(["app", "components", "lib", "drizzle", "proxy.ts", "instrumentation.ts"]).filter(
  ({ isTest }) => !isTest,
);
const byPath = new Map(product.map((file) => [file.path, file]));

/** What answers requests: pages, routes, layouts and everything else in `app`, actions, the proxy and the start hook. */
const entries = product.filter(
  ({ path }) =>
    path.startsWith("app/") ||
    path.endsWith("/actions.ts") ||
    path === "proxy.ts" ||
    path === "instrumentation.ts",
);
const reached = [...new Set(entries.flatMap(({ path }) => [...reachableFrom(path, byPath, "staticImports")]))]
  .flatMap((path) => byPath.get(path) ?? [])
  .sort((one, other) => one.path.localeCompare(other.path));

const drivers = /^(?:pg|pg-boss|@electric-sql\/pglite|drizzle-orm\/(?:node-postgres|pglite))(?:\/|$)/;
const externals = config.serverExternalPackages ?? [];

/** True for a package that Node.js loads as an ES module when it is imported. */
function isEsModule(name: string): boolean {
  const { type, exports, main = "" } = JSON.parse(readProjectFile(`node_modules/${name}/package.json`));
  const entry = exports?.["."]?.import ?? exports?.import;
  const file = typeof entry === "string" ? entry : (entry?.default ?? main);
  return file.endsWith(".mjs") || (type === "module" && !file.endsWith(".cjs"));
}

const isPackage = (name: string) => (specifier: string) =>
  specifier === name || specifier.startsWith(`${name}/`);

describe("a first request never uses a module that has not run", () => {
  it("the rule sees pages, actions, the proxy and what lies below them", () => {
    const paths = reached.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        "app/(entrance)/sign-up/page.tsx",
        "lib/credentials/actions.ts",
        "lib/db/client.ts",
        "proxy.ts",
      ]),
    );
    expect(isEsModule("pg")).toBe(true);
    expect(isEsModule("@electric-sql/pglite")).toBe(true);
    expect(isEsModule("pino")).toBe(false);
  });

  it("nothing that answers a request statically imports a database driver", () => {
    const strays = reached.filter(({ packages }) => packages.some((name) => drivers.test(name)));
    expect(strays.map(({ path }) => path)).toEqual([]);
  });

  it("nothing that answers a request statically imports an ES module from outside the bundle", () => {
    const esModules = externals.filter(isEsModule);
    const strays = reached.filter(({ packages }) =>
      packages.some((specifier) => esModules.some((name) => isPackage(name)(specifier))),
    );
    expect(strays.map(({ path }) => path)).toEqual([]);
  });

  it("nothing that answers a request awaits while it is evaluated", () => {
    // At the beginning of a line, or of the value of a declaration there: whatever is indented is in a function or a block.
    const waits = /^(?:await\b|for await\b|(?:export )?(?:const|let|var)\b[^;{(]*=\s*\(?await\b)/m;
    expect(waits.test("const worker = await start();")).toBe(true);
    expect(waits.test("await start();")).toBe(true);
    expect(reached.filter(({ text }) => waits.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
