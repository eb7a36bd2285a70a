import { describe, expect, it } from "vitest";
import { placeOf, rankOf, ranks, upwardImports } from "./house-plan";
import {
  existsInProject,
  namesIn,
  reachableFrom,
  readProjectFile,
  readSources,
  type SourceFile,
} from "./source-tree";

const shipped = readSources([
  "app",
  "components",
  "lib",
  "drizzle",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "next.config.ts",
]);
const everything = [...shipped, ...readSources(["e2e", "bench", "playwright.config.ts", "vitest.config.ts"])];
const byPath = new Map(everything.map((file) => [file.path, file]));
const product = shipped.filter((file) => !file.isTest);

/** The paths of the files that break a rule; a rule holds when the list is empty. */
function offenders(files: readonly SourceFile[], breaks: (file: SourceFile) => boolean): string[] {
  return files.filter(breaks).map(({ path }) => path);
}

function within(folder: string): SourceFile[] {
  return product.filter(({ path }) => path.startsWith(`${folder}/`));
}

function allImports(file: SourceFile): string[] {
  return [...file.imports, ...file.typeImports];
}

function named(name: string): SourceFile[] {
  return product.filter(({ path }) => path.endsWith(`/${name}`));
}

describe("arrows point one way", () => {
  it("every file has a rank, and every rank has files", () => {
    const ranked = product.filter(({ path }) => /^(app|components|lib|drizzle)\//.test(path));
    expect(offenders(ranked, ({ path }) => placeOf(path) === null)).toEqual([]);
    const taken = new Set(ranked.map(({ path }) => placeOf(path)));
    expect(ranks.filter((rank) => !taken.has(rank))).toEqual([]);
  });

  it("a file imports only what has a lower rank or lies in its own folder, types included", () => {
    expect(upwardImports(product)).toEqual([]);
  });

  it("no connector imports another", () => {
    const connectorOf = (path: string) => /^lib\/connectors\/([^/]+)\//.exec(path)?.[1];
    expect(
      offenders(within("lib/connectors"), (file) =>
        allImports(file).some((path) => {
          const other = connectorOf(path);
          return (
            other !== undefined && connectorOf(file.path) !== undefined && other !== connectorOf(file.path)
          );
        }),
      ),
    ).toEqual([]);
  });

  it("only tests import lib/testing, and nothing imports app", () => {
    const outside = everything.filter(({ path }) => !path.startsWith("app/"));
    expect(offenders(outside, (file) => allImports(file).some((path) => path.startsWith("app/")))).toEqual(
      [],
    );
    expect(
      offenders(product, (file) => allImports(file).some((path) => path.startsWith("lib/testing/"))),
    ).toEqual([]);
  });

  it("app and components reach the database only through a domain's queries and mutations", () => {
    const files = [...within("app"), ...within("components")];
    expect(offenders(files, (file) => allImports(file).some((path) => path.startsWith("drizzle/")))).toEqual(
      [],
    );
  });

  it("nothing that a component imports by value can reach server-only code", () => {
    const serverOnly = new Set(
      offenders(
        product,
        ({ text }) => /^import "server-only";$/m.test(text) || /^"use server";$/m.test(text),
      ),
    );
    expect(
      offenders(within("components"), (file) =>
        [...reachableFrom(file.path, byPath)].some((path) => serverOnly.has(path)),
      ),
    ).toEqual([]);
  });

  it("no file reaches itself, types included", () => {
    const edges = new Map(product.map((file) => [file.path, { ...file, imports: allImports(file) }]));
    const cyclic = offenders(product, (file) =>
      allImports(file).some((path) => reachableFrom(path, edges).has(file.path)),
    );
    expect(cyclic).toEqual([]);
  });
});

describe("a file's name states its job", () => {
  it("there are no barrels and no junk drawers", () => {
    expect(
      offenders(everything, ({ path }) => /(^|\/)(index|utils?|helpers?|common|misc)\.tsx?$/.test(path)),
    ).toEqual([]);
  });

  it("a component file exports one component, or a family of them within 120 lines", () => {
    const components = within("components").filter(({ path }) => path.endsWith(".tsx"));
    expect(
      offenders(components, ({ text }) => {
        const count = (text.match(/^export (default )?(async )?function [A-Z]/gm) ?? []).length;
        return count === 0 || (count > 1 && text.split("\n").length > 121);
      }),
    ).toEqual([]);
  });

  it("few component files are so small that they belong to a neighbour", () => {
    const components = within("components");
    const tiny = offenders(components, ({ text }) => text.split("\n").length <= 21);
    expect(tiny.length, tiny.join(", ")).toBeLessThan(components.length / 10);
  });

  it("server actions live in actions.ts, and nothing else does", () => {
    expect(
      offenders(
        product,
        ({ path, text }) => /^\s*"use server";/m.test(text) !== path.endsWith("/actions.ts"),
      ),
    ).toEqual([]);
    expect(
      offenders(
        named("actions.ts"),
        ({ text }) =>
          (text.match(/^export /gm) ?? []).length !==
          (text.match(/^export const \w+Action = define(Visitor)?Action\(/gm) ?? []).length,
      ),
    ).toEqual([]);
  });

  it("every server action has a unique name, for tests and logs", () => {
    const names = named("actions.ts").flatMap(({ text }) =>
      [...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => name),
    );
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it("queries and mutations are for the server only", () => {
    const files = [...named("queries.ts"), ...named("mutations.ts")];
    expect(offenders(files, ({ text }) => !text.startsWith('import "server-only";'))).toEqual([]);
  });

  it("pages only compose: at most 80 lines", () => {
    expect(offenders(within("app"), ({ text }) => text.split("\n").length > 80)).toEqual([]);
  });

  it("the switch that keeps zod from compiling is set first, in server and browser", () => {
    for (const path of ["instrumentation.ts", "instrumentation-client.ts"]) {
      const imports = readProjectFile(path).match(/^import (?!type ).*$/gm);
      expect(imports?.[0], path).toBe('import "@/lib/zod-without-eval";');
    }
  });

  it("no file is longer than 300 lines", () => {
    expect(offenders(everything, ({ text }) => text.split("\n").length > 301)).toEqual([]);
  });
});

describe("rights cannot be forgotten", () => {
  it("every query and mutation takes the database and who is asking", () => {
    const heads = [...named("queries.ts"), ...named("mutations.ts")].flatMap(({ path, text }) =>
      [...text.matchAll(/^export (?:async )?function (\w+)\(([\s\S]*?)\)[:<\s{]/gm)].map(
        ([, name, parameters = ""]) => ({ at: `${path} ${name}`, parameters }),
      ),
    );
    // A refusal that only makes an error reads no user's data.
    const asking = heads.filter(
      ({ parameters }) => /\bdb\b|\btx\b/.test(parameters) || !/^\s*name: string\s*$/.test(parameters),
    );
    expect(
      asking
        .filter(
          ({ parameters }) => !/^\s*(db|tx): [\w |]+,\s*(actor: Actor|_?visitor: Visitor)/.test(parameters),
        )
        .map(({ at }) => at),
    ).toEqual([]);
  });

  it("no mutation writes without its event: changeWith alone opens its transaction and records", () => {
    const importers = (path: string) => offenders(product, (file) => allImports(file).includes(path));
    expect(importers("lib/audit/record.ts")).toEqual(["lib/audit/change.ts"]);
    const past = /\bbookkeep\b|\.transaction\(|\bdb\s*\.(insert|update|delete|execute)\(/;
    expect(offenders(named("mutations.ts"), ({ text }) => past.test(text))).toEqual([]);
  });

  it("only the session gate, the job runner and a calendar's address make an actor", () => {
    expect(offenders(product, (file) => file.imports.includes("lib/auth/mint-actor.ts"))).toEqual([
      "lib/auth/calendar-actor.ts",
      "lib/auth/job-actor.ts",
      "lib/auth/require-actor.ts",
    ]);
    // A job acts for whom its row names; whatever answers a request must ask the session.
    expect(offenders(product, (file) => file.imports.includes("lib/auth/job-actor.ts"))).toEqual([
      "lib/credentials/recheck.ts",
      "lib/notifications/sending/send.ts",
      "lib/runs/engine/open-run.ts",
      "lib/runs/engine/schedule.ts",
    ]);
    // Its route reads, and its actor goes nowhere else.
    expect(offenders(product, ({ text }) => /\bfindCalendarActor\b/.test(text))).toEqual([
      "app/calendar/[token]/ends.ics/route.ts",
      "lib/auth/calendar-actor.ts",
    ]);
    const answering = [...within("app"), ...within("components"), ...named("actions.ts")];
    expect(
      offenders(answering, ({ path }) => reachableFrom(path, byPath).has("lib/auth/job-actor.ts")),
    ).toEqual([]);
    expect(offenders(product, ({ text }) => /\bas Actor\b/.test(text))).toEqual(["lib/auth/mint-actor.ts"]);
  });

  it("a base URL is parsed once: connectors and domains hand it on as a value", () => {
    const domains = within("lib").filter(({ path }) => rankOf(path) >= rankOf("lib/access"));
    const parses = ({ text }: SourceFile) => /\b(?:new URL|parseUrl)\(/.test(text);
    expect(offenders([...within("lib/connectors"), ...domains], parses)).toEqual([
      "lib/connectors/base-url.ts",
      // Pasted texts, and the links around them.
      "lib/connectors/bitbucket-server/base-url.ts",
      "lib/connectors/bitbucket-server/link-wrappers.ts",
    ]);
    const makes = ({ text }: SourceFile) => /\bas BaseUrl\b/.test(text);
    expect(offenders(product, makes)).toEqual(["lib/connectors/base-url.ts"]);
  });

  it("the environment is read in one place", () => {
    // NEXT_RUNTIME is no setting: Next replaces it with a constant when it builds.
    const reads = ({ text }: SourceFile) =>
      text.replaceAll("process.env.NEXT_RUNTIME", "").includes("process.env");
    expect(offenders(product, reads)).toEqual(["lib/env.ts"]);
  });
});

describe("what is written can be trusted", () => {
  it("every exported function of lib says what it guarantees", () => {
    const bare = within("lib").flatMap(({ path, text }) =>
      [...text.matchAll(/(\*\/\n)?^export (?:async )?(?:function|class) (\w+)/gm)]
        .filter(([, doc]) => !doc)
        .map(([, , name]) => `${path} ${name}`),
    );
    expect(bare).toEqual([]);
  });

  it.each(["README.md", "docs/security.md", "docs/operating.md"])(
    "every path that %s names exists",
    (text) => {
      const paths = [
        ...readProjectFile(text).matchAll(
          /`((?:app|components|lib|drizzle|e2e|docs|bench|\.ci)\/[\w./[\]()@-]*)`|\]\(((?!https?:)[^)#]+)\)/g,
        ),
      ];
      expect(
        paths.map(([, code, link]) => code ?? link ?? "").filter((path) => !existsInProject(path)),
      ).toEqual([]);
    },
  );

  it("every decision has a number of its own, in its name and in its title", () => {
    const names = namesIn("docs/decisions");
    const numbers = names.map((name) => name.slice(0, 4));
    expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([]);
    const titled = (name: string) =>
      readProjectFile(`docs/decisions/${name}`).startsWith(`# ${Number(name.slice(0, 4))}. `);
    expect(names.filter((name) => !titled(name))).toEqual([]);
  });

  it("nothing is skipped and nothing is left for later", () => {
    const marks = new RegExp(
      `\\b(?:it|test|describe)\\.${"skip"}|\\.${"only"}\\(|\\b${"TO"}${"DO"}\\b|\\b${"FIX"}${"ME"}\\b`,
    );
    expect(offenders(everything, ({ text }) => marks.test(text))).toEqual([]);
  });
});
