import { type Account, type ApiKey, allAccounts, allKeys } from "./accounts";
import { journalSection } from "./console-journal";
import { serversSection } from "./console-servers";
import { consoleStyle } from "./console-style";
import { writtenSection } from "./console-written";
import { html, Markup } from "./html";
import { FAILURES_UNTIL_LOCK, type Instance } from "./instance";
import type { SandboxState } from "./state";

/** The console's only page: values to type in, locked accounts, and the journal. */
export function consolePage(state: SandboxState, refreshSeconds: number | null): string {
  const refresh =
    refreshSeconds === null ? html`` : html`<meta http-equiv="refresh" content="${refreshSeconds}">`;
  const refreshLink =
    refreshSeconds === null
      ? html`<a href="/_sandbox?refresh=5">Refresh every 5 seconds</a>`
      : html`<a href="/_sandbox">Stop refreshing</a>`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh}
<title>Sandbox console</title>
<style>${new Markup(consoleStyle)}</style>
</head>
<body>
<header>
<h1>Sandbox console</h1>
<a href="/_sandbox">Refresh</a>
${refreshLink}
<form method="post" action="/_sandbox/reset"><button>Reset everything</button></form>
</header>
<p>Stand-ins for Bitbucket servers at ${state.origin}. Everything here is invented and lives in memory only.</p>
<main>
${serversSection(state)}
${accountsSection()}
${keysSection(state)}
${locksSection(state)}
${writtenSection(state)}
${journalSection(state)}
</main>
</body>
</html>
`.source;
}

function accountsSection(): Markup {
  return html`<h2>Accounts</h2><div class="panel"><table>
<thead><tr><th>User name</th><th>Password</th><th>Display name</th><th>What it is for</th></tr></thead>
<tbody>${allAccounts.map(accountRow)}</tbody></table></div>`;
}

function accountRow({ name, password, displayName, note }: Account): Markup {
  const shown = password === "" ? html`<span class="soft">none</span>` : html`<code>${password}</code>`;
  return html`<tr><td><code>${name}</code></td><td>${shown}</td><td>${displayName}</td><td>${note}</td></tr>`;
}

function keysSection(state: SandboxState): Markup {
  return html`<h2>API keys</h2>
<p>A revoked key is refused at every server from its next use on: press Check now at its credential in the portal.</p>
<div class="panel"><table>
<thead><tr><th>Name</th><th>API key</th><th>Account</th><th>What it is for</th><th>State</th></tr></thead>
<tbody>${allKeys.map((key) => keyRow(state, key))}</tbody></table></div>`;
}

function keyRow(state: SandboxState, key: ApiKey): Markup {
  const { name, value, account, note } = key;
  return html`<tr><td>${name}</td><td><code>${value}</code></td><td><code>${account.name}</code></td><td>${note}</td><td>${keyState(state, key)}</td></tr>`;
}

function keyState(state: SandboxState, key: ApiKey): Markup {
  if (key.state !== "live")
    return html`<span class="soft">${key.state === "expired" ? "Expired" : "Revoked"}</span>`;
  const isRevoked = state.instances.some(({ disturbances }) => disturbances.isRevoked(key.name));
  const [path, press] = isRevoked ? ["restore-key", "Restore"] : ["revoke-key", "Revoke"];
  const now = isRevoked ? html`<span class="bad">Revoked</span>` : html`Works`;
  return html`${now} <form method="post" action="/_sandbox/${path}"><input type="hidden" name="key" value="${key.name}">
<button aria-label="${press} ${key.name}">${press}</button></form>`;
}

function locksSection(state: SandboxState): Markup {
  const rows = state.instances.flatMap((instance) =>
    allAccounts
      .filter((account) => instance.failuresOf(account.name) > 0)
      .map((account) => lockRow(instance, account.name)),
  );
  if (rows.length === 0) {
    return html`<h2>Failed sign-ins</h2><p>None. After ${FAILURES_UNTIL_LOCK} in a row an account is locked behind a CAPTCHA.</p>`;
  }
  return html`<h2>Failed sign-ins</h2><div class="panel"><table>
<thead><tr><th>Server</th><th>Account</th><th>Failed in a row</th><th>CAPTCHA</th><th></th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function lockRow(instance: Instance, account: string): Markup {
  const lock = instance.isLocked(account) ? html`<span class="bad">Locked</span>` : html`Not locked`;
  return html`<tr><td>${instance.name}</td><td><code>${account}</code></td><td>${instance.failuresOf(account)}</td><td>${lock}</td>
<td><form method="post" action="/_sandbox/clear-captcha"><input type="hidden" name="instance" value="${instance.name}">
<input type="hidden" name="account" value="${account}"><button aria-label="Clear CAPTCHA of ${account} at ${instance.name}">Clear CAPTCHA</button></form></td></tr>`;
}
