import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test, type User } from "./fixtures";
import {
  authenticatePath,
  choice,
  detailsPath,
  directions,
  seedCredential,
  seedEndpoint,
  tilesOf,
} from "./page-objects";
import { rightCredential } from "./refusals";

/** Makes one of each item for `user`, and returns their ids. */
async function seedEverything(user: User, baseUrl: string) {
  const typed = {
    name: "Ledger key of the first",
    baseUrl,
    username: "jcitizen",
    password: "Lantern-River-42",
  };
  const credential = await seedCredential(user, typed);
  const endpoints = { sources: "", destinations: "" };
  endpoints.sources = await seedEndpoint(user, credential, { name: "Ledger of the first" });
  endpoints.destinations = await seedEndpoint(user, credential, {
    name: "Ledger of the first",
    path: "/destinations",
  });
  return { credential, endpoints };
}

const dataPath = (id: string) => `${authenticatePath}/data?credential=${id}&${choice}&do=preview`;

/** Opens an address that must look unknown; returns the page's text. */
async function openNothing(page: Page, address: string): Promise<string> {
  const answer = await page.goto(address);
  expect(answer?.status(), address).toBe(404);
  expect(await answer?.text()).not.toContain("of the first");
  return (await page.getByRole("main").textContent()) ?? "";
}

test("a second user sees none of the first one's tiles, sources and destinations", async ({
  user,
  another,
  sandbox,
}) => {
  await seedEverything(user, sandbox.url("/"));
  const { page } = await another();
  for (const { path, noun } of directions) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: `No data ${noun}s yet` })).toBeVisible();
    await page.goto(`${path}/new/bitbucket-server`);
    await expect(page.getByRole("link", { name: "Add Credential" })).toBeVisible();
    await expect(tilesOf(page)).toHaveCount(0);
    expect(await page.content()).not.toContain("of the first");
  }
});

test("each address of the first user's items is a 404 for the second, with the text for an unknown one", async ({
  user,
  another,
  sandbox,
}) => {
  const { credential, endpoints } = await seedEverything(user, sandbox.url("/"));
  const { page } = await another();
  for (const { path, noun } of directions) {
    const ids = { credential, endpoint: noun === "source" ? endpoints.sources : endpoints.destinations };
    const steps = [detailsPath, ...(path === "/sources" ? [dataPath] : [])];
    const said: string[] = [];
    for (const step of steps) {
      for (const id of [ids.credential, randomUUID(), "not-an-id"]) {
        said.push(await openNothing(page, step(id, path)));
      }
    }
    said.push(
      await openNothing(page, `${path}/${ids.endpoint}`),
      await openNothing(page, `${path}/${randomUUID()}`),
      await openNothing(page, `${path}/not-an-id`),
      await openNothing(page, `/credentials/${credential}`),
      await openNothing(page, `/credentials/${randomUUID()}`),
      await openNothing(page, "/credentials/not-an-id"),
    );
    expect(new Set(said).size).toBe(1);
  }
});

test("addresses that name the first user's credential or endpoint select and show nothing for the second", async ({
  user,
  another,
  sandbox,
}) => {
  const { credential, endpoints } = await seedEverything(user, sandbox.url("/"));
  const second = await another();
  await seedCredential(second.user, { ...rightCredential(sandbox), name: "My own" });
  await second.page.goto(`${authenticatePath}?credential=${credential}&saved=1`);
  await expect(tilesOf(second.page)).toHaveCount(1);
  await expect(tilesOf(second.page)).not.toBeChecked();
  expect(await second.page.content()).not.toContain("of the first");
  await second.page.goto(`/sources?saved=${endpoints.sources}`);
  await expect(second.page.getByRole("heading", { name: "No data sources yet" })).toBeVisible();
  expect(await second.page.content()).not.toContain("of the first");
});
