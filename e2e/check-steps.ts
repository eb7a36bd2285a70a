import { createServer, type Server } from "node:https";
import { expect, type Locator, type Page } from "@playwright/test";
import { makeCertificate } from "@/lib/testing/certificates";
import type { Typed } from "./page-objects";
import { freePort } from "./portal";
import type { Sandbox } from "./sandbox/start";

/** The labels of the steps as on the screen, from the bottom. */
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

/** How a check fails at one step: the differences from a right credential for the healthy server. */
export type Fault = {
  step: StepLabel;
  typed: (sandbox: Sandbox) => Partial<Typed> | Promise<Partial<Typed>>;
  title: string;
  whose: string;
};

/** One fault for each step. */
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
  return scope.getByRole("list", { name: "Check steps" });
}

/** One of the check steps. */
export function stepOf(scope: Page | Locator, label: StepLabel): Locator {
  return stepsOf(scope)
    .getByRole("listitem")
    .filter({ hasText: new RegExp(`^${label}`) });
}

/**
 * Expects that the steps below this one passed or were not needed, this one failed, and those above were not reached.
 */
export async function expectStopped(scope: Page | Locator, at: StepLabel): Promise<void> {
  // A running check replaces the previous one.
  await expect(stepsOf(scope)).toHaveCount(1);
  const position = stepLabels.indexOf(at);
  for (const [index, label] of stepLabels.entries()) {
    const result =
      index < position ? /passed · (under )?\d+|not needed/ : index === position ? "failed" : "not reached";
    await expect(stepOf(scope, label)).toContainText(result);
  }
}

/** Copies the report and returns the clipboard's text, which must equal the page's. */
export async function copyReport(page: Page, scope: Page | Locator): Promise<string> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await scope.getByRole("button", { name: "Copy report" }).click();
  await expect(scope.getByText("Copied.", { exact: true })).toBeVisible();
  await scope.getByText("Report as text").click();
  const shown = await scope.getByRole("textbox", { name: "Report, without secrets" }).inputValue();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
  return shown;
}

/** Expects every step in the report with the result and time on the page. */
export async function expectSameSteps(report: string, scope: Page | Locator): Promise<void> {
  const rows = await stepsOf(scope).getByRole("listitem").locator("> div > p:first-child").all();
  expect(rows).toHaveLength(stepLabels.length);
  for (const row of rows) {
    const [label = "", result = ""] = await row.locator("span").allTextContents();
    expect(report.split("\n")).toContain(`${label}: ${result.replace(" · ", ", ")}`);
  }
}

/** An https server on this port with a self-signed certificate. Close it when done. */
export async function serveSelfSigned(port: number): Promise<Server> {
  const { cert, key } = await makeCertificate({ name: "Nobody's", hosts: ["localhost"] });
  const server = createServer({ cert, key }, (_request, response) => response.end("hello"));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}
