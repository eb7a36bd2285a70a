import { describe, expect, test } from "vitest";
import type { CheckedAccount, CountUpTo } from "@/lib/connectors/types";
import { keyKindOf } from "./key-kind";

type Case = {
  type?: CheckedAccount["type"];
  lookedUp?: boolean;
  projects?: CountUpTo | null;
  repositories?: CountUpTo | null;
};
const exactly = (count: number): CountUpTo => ({ count, more: false });
const overOne: CountUpTo = { count: 1, more: true };

function kindOf({
  type = "unknown",
  lookedUp = true,
  projects = exactly(0),
  repositories = exactly(0),
}: Case) {
  const account = { name: "x", displayName: null, slug: null, active: null, type };
  const rights = { writable: null, administrable: null };
  const projectRights = { readable: projects, ...rights };
  return keyKindOf({
    account,
    lookedUp,
    access: { projects, readable: repositories, ...rights, projectRights },
  });
}

describe("what a key belongs to", () => {
  test.each<[string, Case, ReturnType<typeof kindOf>]>([
    ["a person's record", { type: "user", projects: exactly(7) }, "user"],
    ["a person's record and nothing to read", { type: "user" }, "user"],
    ["a service account that reads a project", { type: "service", projects: exactly(1) }, "project"],
    ["a service account beside public projects", { type: "service", projects: exactly(9) }, "project"],
    [
      "a service account that reads one repository",
      { type: "service", repositories: exactly(1) },
      "repository",
    ],
    ["no record and exactly one project", { projects: exactly(1), repositories: exactly(30) }, "project"],
    ["no record and exactly one repository", { repositories: exactly(1) }, "repository"],
  ])("shows in %s", (_what, known, kind) => {
    expect(kindOf(known)).toBe(kind);
  });

  test.each<[string, Case]>([
    ["many projects and no record: a person's name may have got lost", { projects: exactly(2) }],
    ["a page that ends too early", { projects: overOne }],
    ["several repositories and no project", { repositories: exactly(2) }],
    ["nothing to read", {}],
    ["a server that did not look for the account", { lookedUp: false, projects: exactly(1) }],
    ["projects that were not counted", { type: "service", projects: null, repositories: exactly(1) }],
    ["repositories that were not counted", { type: "service", repositories: null }],
  ])("is not guessed from %s", (_what, known) => {
    expect(kindOf(known)).toBeNull();
  });
});
