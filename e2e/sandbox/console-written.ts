import { html, type Markup } from "./html";
import type { Instance } from "./instance";
import type { SandboxState } from "./state";
import { type Written, writtenOn } from "./written";

const LONGEST_LABEL = 120;

type Rows = { readonly [Kind in keyof Written]: (item: Written[Kind][number]) => string };

/** Names of the kinds, in the page's order. */
const names: { readonly [Kind in keyof Written]: string } = {
  comments: "Comments",
  buildStatuses: "Build statuses",
  reports: "Code Insights reports",
  annotations: "Annotations",
  deployments: "Deployments",
  branches: "Branches",
  tags: "Tags",
  files: "Files",
  pullRequests: "Pull requests",
  labels: "Labels",
  webhooks: "Webhooks",
  grants: "Permissions",
  repositories: "Repositories",
  projects: "Projects",
};

const short = (commit: string) => commit.slice(0, 11);
const labels: Rows = {
  comments: (one) =>
    `${one.repository} ${one.pull === null ? short(one.commit ?? "") : `#${one.pull}`}: ${one.text}`,
  buildStatuses: (one) => `${short(one.commit)} ${one.key}: ${one.state}`,
  reports: (one) => `${one.repository} ${short(one.commit)} ${one.key}: ${one.title}`,
  annotations: (one) => `${one.repository} ${one.report}: ${one.message}`,
  deployments: (one) => `${one.repository} ${one.key} ${one.number} in ${one.environment}: ${one.state}`,
  branches: (one) => `${one.repository} ${one.name} at ${short(one.commit)}`,
  tags: (one) => `${one.repository} ${one.name} at ${short(one.commit)}`,
  files: (one) => `${one.repository} ${one.path} in ${short(one.commit)}`,
  pullRequests: (one) => `${one.repository} #${one.id}: ${one.title} (${one.state.toLowerCase()})`,
  labels: (one) => `${one.repository} ${one.name}`,
  webhooks: (one) => `${one.place} ${one.name}: ${one.url}`,
  grants: (one) => `${one.where}: ${one.level} for ${one.who}`,
  repositories: (one) => `${one.repository}: ${one.name}`,
  projects: (one) => `${one.key}: ${one.name}`,
};

/** What stands on the servers because somebody wrote it: how many of each kind, and the newest. */
export function writtenSection(state: SandboxState): Markup {
  const wroteTo = new Set(state.writes.list({ done: true }).map((one) => one.instance));
  const panels = state.instances.filter((one) => wroteTo.has(one.name)).map(panelOf);
  if (panels.length === 0) return html`<h2>What was written</h2><p>Nothing was written yet.</p>`;
  return html`<h2>What was written</h2>
<p>What stands now. Every request that was to change something is in <a href="/_sandbox/writes.json">writes.json</a>.</p>${panels}`;
}

function panelOf(instance: Instance): Markup {
  const written = writtenOn(instance);
  // Object.keys knows nothing of the keys' type; they are those of `names`.
  const kinds = Object.keys(names) as (keyof Written)[];
  const rows = kinds.flatMap((kind) => rowOf(written, kind));
  const shown =
    rows.length === 0 ? html`<tr><td colspan="3" class="soft">All of it was deleted again.</td></tr>` : rows;
  return html`<div class="panel"><h3>${instance.baseUrl}</h3><table>
<thead><tr><th>Kind</th><th>Number</th><th>Newest</th></tr></thead><tbody>${shown}</tbody></table></div>`;
}

function rowOf<Kind extends keyof Written>(written: Written, kind: Kind): Markup[] {
  const items: readonly Written[Kind][number][] = written[kind];
  let newest: Written[Kind][number] | undefined;
  for (const item of items) if (!newest || timeOf(item) >= timeOf(newest)) newest = item;
  if (!newest) return [];
  const label = labels[kind](newest);
  const cut = label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL)}…` : label;
  return [html`<tr><td>${names[kind]}</td><td>${items.length}</td><td class="long">${cut}</td></tr>`];
}

function timeOf(item: object): number {
  return "at" in item && typeof item.at === "number" ? item.at : 0;
}
