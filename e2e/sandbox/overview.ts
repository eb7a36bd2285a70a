import { allAccounts, allKeys, sandboxAccounts, sandboxKeys } from "./accounts";
import { certificateServers } from "./certificate-servers";
import { type Group, groups } from "./groups";
import { instanceDescriptions } from "./instances";
import type { Sandbox } from "./start";

/** Groups whose servers get a line each; the many others are listed on the console. */
const inFull: readonly Group[] = ["Healthy", "Not ready, or something in between"];
const apart: readonly Group[] = [...inFull, "Certificates"];

/** The terminal's output once the sandbox runs: addresses, accounts, keys, aligned in columns. */
export function overview(sandbox: Sandbox): string {
  const ssh = `http://localhost:${sandbox.sshPort}`;
  return [
    "Stand-in Bitbucket servers",
    ...columns(inFull.flatMap(pathsOf).map(({ path, note }) => [sandbox.url(path), note])),
    "",
    `Servers with a fault, by their paths below ${sandbox.origin}`,
    ...columns(
      groups
        .filter((group) => !apart.includes(group))
        .map((group) => [
          group,
          pathsOf(group)
            .map(({ path }) => path)
            .join(" "),
        ]),
    ),
    "",
    "Certificates, of an authority that the portal has to be told of",
    ...columns([
      ...certificateServers.map(({ name, note }) => [sandbox.url(name), note]),
      [ssh, "No certificate and no HTTP: this port speaks SSH"],
    ]),
    "",
    "Accounts (user name, password)",
    ...columns(
      allAccounts
        .filter((account) => account.password !== "")
        .map((account) => [account.name, account.password, account.note]),
    ),
    "",
    "API keys",
    ...columns(allKeys.map((key) => [key.name, key.value, key.note])),
    "",
    `Console  ${sandbox.consoleUrl}`,
    "",
  ].join("\n");
}

/** The few lines to begin with: one server, one account and one key to type in, and where the others are. */
export function firstSteps(sandbox: Sandbox): string {
  const { jane } = sandboxAccounts;
  return columns([
    ["Base URL", sandbox.url("/")],
    ["User name", jane.name],
    ["Password", jane.password],
    ["or API key", sandboxKeys.janeWrite.value],
  ]).join("\n");
}

function pathsOf(group: Group) {
  return instanceDescriptions.filter((one) => one.group === group);
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  return rows.map((row) =>
    `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ")}`.trimEnd(),
  );
}
