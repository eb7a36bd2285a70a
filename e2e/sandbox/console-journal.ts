import { html, type Markup } from "./html";
import type { JournalEntry } from "./journal";
import type { SandboxState } from "./state";

const ENTRIES_SHOWN = 300;

/** Sign-in attempts per account, and the journal by connection, newest first. */
export function journalSection(state: SandboxState): Markup {
  const entries = state.journal.list();
  if (entries.length === 0) {
    return html`<h2>Journal</h2><p>Nothing was asked yet.</p>`;
  }
  const groups = byConnection(entries.slice(-ENTRIES_SHOWN).toReversed());
  return html`${attemptsTable(entries)}<h2>Journal</h2>
<p>What the servers were asked, newest first, by connection. Secrets are never recorded.</p>${groups.map(groupPanel)}`;
}

function attemptsTable(entries: readonly JournalEntry[]): Markup {
  const counts = new Map<string, { instance: string; account: string; all: number; refused: number }>();
  for (const { instance, account, signInAttempt, outcome } of entries) {
    if (!signInAttempt) continue;
    const who = account ?? "nobody known";
    const count = counts.get(`${instance} ${who}`) ?? { instance, account: who, all: 0, refused: 0 };
    count.all += 1;
    if (outcome === "refused" || outcome === "locked") count.refused += 1;
    counts.set(`${instance} ${who}`, count);
  }
  if (counts.size === 0) return html``;
  const rows = [...counts.values()].map(
    (one) =>
      html`<tr><td>${one.instance}</td><td>${one.account}</td><td>${one.all}</td><td>${one.refused}</td></tr>`,
  );
  return html`<h2>Sign-in attempts</h2><div class="panel"><table>
<thead><tr><th>Server</th><th>Account</th><th>Attempts</th><th>Refused</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function byConnection(newestFirst: readonly JournalEntry[]): JournalEntry[][] {
  const groups = new Map<number, JournalEntry[]>();
  for (const entry of newestFirst) {
    const group = groups.get(entry.connection) ?? [];
    group.push(entry);
    groups.set(entry.connection, group);
  }
  return [...groups.values()];
}

function groupPanel(group: readonly JournalEntry[]): Markup {
  const connection = group[0]?.connection ?? 0;
  return html`<div class="panel"><h3>Connection ${connection}</h3><table>
<thead><tr><th>Time (UTC)</th><th>Request</th><th>Server</th><th>Sign-in</th><th>Account</th><th>Status</th></tr></thead>
<tbody>${group.map(entryRow)}</tbody></table></div>`;
}

function entryRow(entry: JournalEntry): Markup {
  const { outcome, scheme } = entry;
  const tone = outcome === "accepted" ? "good" : outcome === "none" || outcome === "ignored" ? "soft" : "bad";
  const presented = scheme === "none" ? "" : `${scheme}, `;
  const attempt = entry.signInAttempt ? " · attempt" : "";
  const secret = [entry.secretKind, entry.keyName].filter((part) => part !== null).join(" ");
  return html`<tr><td>${entry.at.slice(11, 23)}</td><td><code class="long">${entry.method} ${entry.path}</code></td><td>${entry.instance}</td>
<td class="${tone}">${presented}${outcome}${attempt}</td><td>${entry.account ?? "–"} <span class="soft">${secret}</span></td><td>${entry.status === 0 ? "no answer" : entry.status}</td></tr>`;
}
