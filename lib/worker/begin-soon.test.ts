import { beforeEach, expect, it, vi } from "vitest";
import { beginSoon } from "./begin-soon";

const told: string[] = [];

vi.mock("./jobs", () => ({
  beginBackgroundJobs: () => {
    told.push("begun");
    return {
      stop: async () => {
        told.push("stopped");
      },
    };
  },
}));

beforeEach(() => {
  told.splice(0);
});

it("begins the jobs a moment later, and stops them when asked", async () => {
  const stop = beginSoon(20);
  expect(told).toEqual([]);
  await vi.waitFor(() => expect(told).toEqual(["begun"]));
  await stop();
  expect(told).toEqual(["begun", "stopped"]);
});

it("never begins them when asked to stop before", async () => {
  // It resolves once nothing can begin any more.
  await beginSoon(60_000)();
  expect(told).toEqual([]);
});
