import { describe, expect, it } from "vitest";
import { settingsInWords } from "./settings-in-words";

const kind = "bitbucket-server";
const everything = { kind: "everything" } as const;

describe("what a source reads, in words", () => {
  it("names the stream and the choices by their labels", () => {
    const settings = { stream: "pull-requests", parameters: { state: "OPEN" }, scope: everything };
    expect(settingsInWords(kind, settings)).toEqual({
      stream: "Pull requests",
      scope: "Everything that the credential can read",
      choices: [{ label: "State", value: "Open" }],
    });
  });

  it("names five of the chosen repositories, and counts all", () => {
    const repositories = Array.from({ length: 6 }, (_, id) => ({
      id,
      projectKey: "SHOP",
      slug: `r${id}`,
      name: "x",
    }));
    const settings = {
      stream: "branches",
      parameters: {},
      scope: { kind: "repositories", repositories },
    } as const;
    expect(settingsInWords(kind, settings).scope).toBe(
      "6 chosen repositories: SHOP/r0, SHOP/r1, SHOP/r2, SHOP/r3, SHOP/r4, …",
    );
  });

  it("of one project counts one", () => {
    const projects = [{ id: 1, key: "SHOP", name: "Web Shop" }];
    const settings = { stream: "commits", parameters: {}, scope: { kind: "projects", projects } } as const;
    expect(settingsInWords(kind, settings).scope).toBe("1 chosen project: SHOP");
  });

  it("of a stream that is not known says its id", () => {
    expect(
      settingsInWords(kind, { stream: "of-tomorrow", parameters: { a: "b" }, scope: everything }),
    ).toMatchObject({
      stream: "of-tomorrow",
      choices: [],
    });
  });
});
