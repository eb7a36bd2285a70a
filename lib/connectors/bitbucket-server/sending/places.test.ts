import { describe, expect, test } from "vitest";
import type { SendAnswer } from "@/lib/connectors/action-sender";
import { inTurn, inWords, missing, ok, page, playAction, rejection } from "@/lib/testing/play-action";

const noRepository = missing("repository.NoSuchRepositoryException");
const taken = rejection(409, "DuplicateEntityException", "This name is already taken.");

describe("a repository", () => {
  const values = { project: "SHOP", name: "Store Front", description: "Our shop" };
  const stands = (more = {}) => ({
    id: 3,
    slug: "store-front",
    name: "Store Front",
    description: "Our shop",
    ...more,
  });
  const play = (...answers: readonly SendAnswer[]) => playAction("repository", values, inTurn(...answers));

  test("is looked for by the slug that its name makes, then made", () => {
    const { calls, results } = play(noRepository, ok(stands(), 201));
    expect(calls.map(({ call }) => inWords(call))).toEqual([
      "GET /rest/api/1.0/projects/SHOP/repos/store-front",
      "POST /rest/api/1.0/projects/SHOP/repos",
    ]);
    expect(calls[1]?.call.body).toEqual({ name: "Store Front", scmId: "git", description: "Our shop" });
    expect(results).toEqual([
      { result: "sent", status: 201, answer: { id: 3, slug: "store-front", name: "Store Front" } },
    ]);
  });

  test("that stands is compared", () => {
    expect(play(ok(stands())).results).toMatchObject([{ result: "already", answer: { id: 3 } }]);
    expect(play(ok(stands({ description: "Other", name: "store-front" }))).results).toMatchObject([
      {
        result: "rejected",
        problems: [{ message: "The repository stands already, with another name and another description." }],
      },
    ]);
  });

  test("whose name is taken is looked for in the project", () => {
    const found = play(noRepository, taken, page(stands({ slug: "store-front1" })));
    expect(found.results).toMatchObject([{ result: "already" }]);
    expect(play(noRepository, taken, page()).results).toMatchObject([
      { result: "rejected", status: 409, problems: [{ message: "This name is already taken." }] },
    ]);
  });

  test("in a project that does not exist is rejected by the look-up", () => {
    const { calls, results } = play(missing("project.NoSuchProjectException"));
    expect(calls.length).toBe(1);
    expect(results).toMatchObject([{ result: "rejected", status: 404 }]);
  });
});

describe("a project", () => {
  const values = { key: "shop", name: "Web Shop", public: false };
  const stands = (more = {}) => ({ id: 9, key: "SHOP", name: "Web Shop", public: false, ...more });
  const noProject = missing("project.NoSuchProjectException");
  const play = (...answers: readonly SendAnswer[]) => playAction("project", values, inTurn(...answers));

  test("is made if its key is free", () => {
    const { calls, results } = play(noProject, ok(stands(), 201));
    expect(calls[1]?.call).toMatchObject({ path: "/rest/api/1.0/projects", body: values });
    expect(results).toMatchObject([{ result: "sent", status: 201, answer: { key: "SHOP" } }]);
  });

  test("that stands is compared", () => {
    expect(play(ok(stands())).results).toMatchObject([{ result: "already" }]);
    expect(play(ok(stands({ public: true }))).results).toMatchObject([
      {
        result: "rejected",
        problems: [{ message: "The project stands already, with another public access." }],
      },
    ]);
  });

  test("that another made meanwhile is compared; a name of another project stays a refusal", () => {
    expect(play(noProject, taken, ok(stands())).results).toMatchObject([{ result: "already" }]);
    expect(play(noProject, taken, noProject).results).toMatchObject([{ result: "rejected", status: 409 }]);
  });

  test("needs more than an API key", () => {
    const denied = { kind: "denied", problems: [{ field: null, message: "Not permitted." }] } as const;
    expect(play(noProject, denied).results).toMatchObject([
      { cure: expect.stringContaining("no API key has it") },
    ]);
  });
});
