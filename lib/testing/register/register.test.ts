import { expect, it } from "vitest";
import { reachableFrom, readSources } from "@/lib/testing/source-tree";
import { everyAction, isForVisitors } from "./every-action";
import { routeRows } from "./every-route";

const sources = readSources(["app", "lib", "drizzle"]);

/** What one list has and the other has not. */
function differences(inSource: readonly string[], inRegister: readonly string[]) {
  return {
    missingInRegister: inSource.filter((name) => !inRegister.includes(name)),
    goneFromSource: inRegister.filter((name) => !inSource.includes(name)),
  };
}
const none = { missingInRegister: [], goneFromSource: [] };

const exported = sources
  .filter(({ path, isTest }) => !isTest && path.endsWith("/actions.ts"))
  .flatMap(({ path, text }) =>
    [...text.matchAll(/^export const (\w+Action) = define(Visitor)?Action\(/gm)].map(
      ([, name = "", visitor]) => ({ path, name, isForVisitors: visitor !== undefined }),
    ),
  );

const fileOf = (domain: string) => `lib/${domain}/actions.ts`;

it("46 every server action is in the register under its domain, and no other is", () => {
  const written = exported.map(({ path, name }) => `${path} ${name}`);
  const registered = everyAction.map(({ domain, name }) => `${fileOf(domain)} ${name}`);
  expect(written.length).toBeGreaterThan(3);
  expect(differences(written, registered)).toEqual(none);
  expect(registered.filter((name, at) => registered.indexOf(name) !== at)).toEqual([]);
});

it("an action is for visitors in the register exactly where its source says so", () => {
  const open = exported.filter((action) => action.isForVisitors).map(({ name }) => name);
  const registered = everyAction.filter(isForVisitors).map(({ name }) => name);
  expect(differences(open, registered)).toEqual(none);
});

it("every action has a harmless call, and every mutation stands at one action", () => {
  expect(everyAction.filter(({ calls }) => calls.length === 0).map(({ name }) => name)).toEqual([]);
  const mutations = everyAction.flatMap((action) => Object.keys(action.mutations));
  expect(mutations.filter((name, at) => mutations.indexOf(name) !== at)).toEqual([]);
});

it.each([
  ["page.tsx", false],
  ["route.ts", true],
])("46 every %s of app is in the register, and no other is", (file, isHandler) => {
  const written = sources
    .filter(({ path }) => path.startsWith("app/") && path.endsWith(`/${file}`))
    // A page that opens as an overlay has its own URL, too.
    .filter(({ path }) => !path.includes("@overlay"))
    .map(({ path }) => path.replace(/^app\//, "").replace(/\([^)]*\)\//g, ""))
    .map((path) => path.slice(0, -file.length).replace(/\/$/, ""));
  const registered = routeRows
    .filter((row) => (row.isHandler ?? false) === isHandler)
    .map(({ route }) => route);
  expect(written.length).toBeGreaterThan(3);
  expect(differences(written, registered)).toEqual(none);
  expect(registered.filter((route, at) => registered.indexOf(route) !== at)).toEqual([]);
});

it("browser tests can read the register: server code is loaded only where it is called", () => {
  const byPath = new Map(sources.map((file) => [file.path, file]));
  const readers = ["every-action", "every-route", "every-job"].map(
    (name) => `lib/testing/register/${name}.ts`,
  );
  const server = readers
    .flatMap((path) => [...reachableFrom(path, byPath, "staticImports")])
    .filter((path) => /^import "server-only";$/m.test(byPath.get(path)?.text ?? ""));
  expect(server).toEqual([]);
});
