import { createServer, type Server } from "node:https";
import { expect, type Locator, type Page } from "@playwright/test";
import { makeCertificate } from "@/lib/testing/certificates";
import { freePort } from "./portal";
import type { Sandbox } from "./sandbox/start";
import type { Typed } from "./steps";

/** The rungs as people read them, from the bottom. */
export const rungLabels = [
  "Address",
  "Name",
  "Connection",
  "Certificate",
  "Is it Bitbucket",
  "Signed in",
  "Allowed",
] as const;

export type RungLabel = (typeof rungLabels)[number];

/** What makes a check stop at one rung, where it differs from a right credential of the healthy server. */
export type Fault = {
  rung: RungLabel;
  typed: (sandbox: Sandbox) => Partial<Typed> | Promise<Partial<Typed>>;
  title: string;
  whose: string;
};

/** One for each rung. */
export const faults: readonly Fault[] = [
  {
    rung: "Address",
    typed: () => ({ baseUrl: "https://169.254.169.254" }),
    title: "This address belongs to a cloud provider's own services",
    whose: "you",
  },
  {
    rung: "Name",
    typed: () => ({ baseUrl: "https://bitbucket.invalid" }),
    title: "The server's name could not be found",
    whose: "you",
  },
  {
    rung: "Connection",
    typed: async () => ({ baseUrl: `https://localhost:${await freePort()}` }),
    title: "The server could not be reached",
    whose: "you",
  },
  {
    rung: "Certificate",
    typed: (sandbox) => ({ baseUrl: sandbox.url("tls:expired") }),
    title: "The server's certificate has expired",
    whose: "your Bitbucket administrator",
  },
  {
    rung: "Is it Bitbucket",
    typed: (sandbox) => ({ baseUrl: sandbox.url("/website") }),
    title: "There is no Bitbucket Server at this address",
    whose: "you",
  },
  {
    rung: "Signed in",
    typed: () => ({ password: "not Jane's password" }),
    title: "User name or password is not right",
    whose: "you",
  },
  {
    rung: "Allowed",
    typed: (sandbox) => ({ baseUrl: sandbox.url("/not-allowed") }),
    title: "Signed in, but without the rights that are needed",
    whose: "your Bitbucket administrator",
  },
];

/** The ladder in this part of a page. */
export function ladderOf(scope: Page | Locator): Locator {
  return scope.getByRole("list", { name: "How far the check came" });
}

/** One rung of it. */
export function rungOf(scope: Page | Locator, label: RungLabel): Locator {
  return ladderOf(scope)
    .getByRole("listitem")
    .filter({ hasText: new RegExp(`^${label}`) });
}

/** All rungs below that one were passed or not needed, it failed, and those above were not reached. */
export async function expectStopped(scope: Page | Locator, at: RungLabel): Promise<void> {
  // A check that climbs takes the place of the one before.
  await expect(ladderOf(scope)).toHaveCount(1);
  const position = rungLabels.indexOf(at);
  for (const [index, label] of rungLabels.entries()) {
    const result =
      index < position ? /passed · (under )?\d+|not needed/ : index === position ? "failed" : "not reached";
    await expect(rungOf(scope, label)).toContainText(result);
  }
}

/** Copies the report and returns what is in the clipboard, which is what the page has as text. */
export async function copyReport(page: Page, scope: Page | Locator): Promise<string> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await scope.getByRole("button", { name: "Copy report" }).click();
  await expect(scope.getByText("Copied.", { exact: true })).toBeVisible();
  await scope.getByText("Report as text").click();
  const shown = await scope.getByRole("textbox", { name: "Report, without secrets" }).inputValue();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
  return shown;
}

/** The report names every rung of the ladder with the result and time that the page shows. */
export async function expectSameLadder(report: string, scope: Page | Locator): Promise<void> {
  const rows = await ladderOf(scope).getByRole("listitem").locator("> div > p:first-child").all();
  expect(rows).toHaveLength(rungLabels.length);
  for (const row of rows) {
    const [label = "", result = ""] = await row.locator("span").allTextContents();
    expect(report.split("\n")).toContain(`${label}: ${result.replace(" · ", ", ")}`);
  }
}

/** An https server on that port whose certificate nobody signed but itself. Close it when done. */
export async function serveSelfSigned(port: number): Promise<Server> {
  const { cert, key } = await makeCertificate({ name: "Nobody's", hosts: ["localhost"] });
  const server = createServer({ cert, key }, (_request, response) => response.end("hello"));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}
