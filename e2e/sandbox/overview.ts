import { allAccounts, allKeys } from "./accounts";
import { instanceDescriptions } from "./instances";
import type { Sandbox } from "./start";

/** What the terminal shows once the sandbox runs: addresses, accounts, keys, aligned in columns. */
export function overview(sandbox: Sandbox): string {
  return [
    "Stand-in Bitbucket servers",
    ...columns(instanceDescriptions.map(({ path, note }) => [sandbox.url(path), note])),
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
    "Stop with Ctrl+C.",
    "",
  ].join("\n");
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
