import { createServer, type Server } from "node:https";
import { expect, type Locator, type Page } from "@playwright/test";
import { makeCertificate } from "@/lib/testing/certificates";
import type { Typed } from "./page-objects";
import { freePort } from "./portal";
import type { Sandbox } from "./sandbox/start";

/** The steps as people read them, from the bottom. */
export const stepLabels = [
  "Address",
  "Name",
  "Connection",
  "Certificate",
  "Is it Bitbucket",
  "Signed in",
  "Allowed",
] as const;

export type StepLabel = (typeof stepLabels)[number];

/** What makes a check stop at one step, where it differs from a right credential of the healthy server. */
export type Fault = {
  step: StepLabel;
  typed: (sandbox: Sandbox) => Partial<Typed> | Promise<Partial<Typed>>;
  title: string;
  whose: string;
};

/** One for each step. */
export const faults: readonly Fault[] = [
  {
    step: "Address",
    typed: () => ({ baseUrl: "https://169.254.169.254" }),
    title: "This address belongs to a cloud provider's own services",
    whose: "you",
  },
  {
    step: "Name",
    typed: () => ({ baseUrl: "https://bitbucket.invalid" }),
    title: "The server's name could not be found",
    whose: "you",
  },
  {
    step: "Connection",
    typed: async () => ({ baseUrl: `https://localhost:${await freePort()}` }),
    title: "The server could not be reached",
    whose: "you",
  },
  {
    step: "Certificate",
    typed: (sandbox) => ({ baseUrl: sandbox.url("tls:expired") }),
    title: "The server's certificate has expired",
    whose: "your Bitbucket administrator",
  },
  {
    step: "Is it Bitbucket",
    typed: (sandbox) => ({ baseUrl: sandbox.url("/website") }),
    title: "There is no Bitbucket Server at this address",
    whose: "you",
  },
  {
    step: "Signed in",
    typed: () => ({ password: "not Jane's password" }),
    title: "User name or password is not right",
    whose: "you",
  },
  {
    step: "Allowed",
    typed: (sandbox) => ({ baseUrl: sandbox.url("/not-allowed") }),
    title: "Signed in, but without the rights that are needed",
    whose: "your Bitbucket administrator",
  },
];

/** The check steps in this part of a page. */
export function stepsOf(scope: Page | Locator): Locator {
  return scope.getByRole("list", { name: "How far the check came" });
}

/** One step of it. */
export function stepOf(scope: Page | Locator, label: StepLabel): Locator {
  return stepsOf(scope)
    .getByRole("listitem")
    .filter({ hasText: new RegExp(`^${label}`) });
}

/** All steps below that one were passed or not needed, it failed, and those above were not reached. */
export async function expectStopped(scope: Page | Locator, at: StepLabel): Promise<void> {
  // A running check takes the place of the one before.
  await expect(stepsOf(scope)).toHaveCount(1);
  const position = stepLabels.indexOf(at);
  for (const [index, label] of stepLabels.entries()) {
    const result =
      index < position ? /passed · (under )?\d+|not needed/ : index === position ? "failed" : "not reached";
    await expect(stepOf(scope, label)).toContainText(result);
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

/** The report names every step of the check with the result and time that the page shows. */
export async function expectSameSteps(report: string, scope: Page | Locator): Promise<void> {
  const rows = await stepsOf(scope).getByRole("listitem").locator("> div > p:first-child").all();
  expect(rows).toHaveLength(stepLabels.length);
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
