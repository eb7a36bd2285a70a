import { type Group, groups } from "./groups";
import { html, type Markup } from "./html";
import type { Instance } from "./instance";
import type { SandboxState } from "./state";

/** Groups that differ in version and state; in the others the settings would all be the ordinary ones. */
const withSettings: readonly Group[] = ["Healthy", "Not ready, or something in between"];
const faults = groups.filter((group) => !withSettings.includes(group) && group !== "Certificates");

/** The servers by group, with notes and, in some groups, settings; the many faulty servers are folded. */
export function serversSection(state: SandboxState): Markup {
  return html`<h2>Servers</h2>${withSettings.map((group) => settingsPanel(group, membersOf(state, group)))}
<details><summary>Servers with a fault</summary>${faults.map((group) => panel(group, membersOf(state, group)))}</details>
<details><summary>Servers behind https, with good and bad certificates</summary>
<p>Their certificates come from an <a href="/_sandbox/ca.pem">authority of the sandbox's own</a>, new at every start; a portal
trusts it when <code>EGRESS_CA_FILE</code> names a file that holds it, or for one server when its administrator says so under
Administration, Servers: that is also where the others can be looked at and pinned.</p>${panel("Certificates", membersOf(state, "Certificates"))}
<p><code>http://localhost:${state.sshPort}</code> speaks SSH and no HTTP at all.</p></details>`;
}

function membersOf(state: SandboxState, group: Group): Instance[] {
  return state.instances.filter((one) => one.group === group);
}

function panel(group: Group, members: readonly Instance[]): Markup {
  const rows = members.map((one) => html`<tr><td><code>${one.baseUrl}</code></td><td>${one.note}</td></tr>`);
  return html`<div class="panel"><h3>${group}</h3><table class="pairs">
<thead><tr><th>Base URL</th><th>What it is</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function settingsPanel(group: Group, members: readonly Instance[]): Markup {
  const rows = members.map(
    (one) =>
      html`<tr><td><code>${one.baseUrl}</code></td><td>${one.note}</td>${one.hasProxy ? noSettings : settingsCells(one)}</tr>`,
  );
  return html`<div class="panel"><h3>${group}</h3><table>
<thead><tr><th>Base URL</th><th>What it is</th><th>Version</th><th>State</th><th>Basic authentication</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

const noSettings = html`<td class="soft">–</td><td class="soft">–</td><td class="soft">–</td>`;

function settingsCells(instance: Instance): Markup {
  const { version, state, basicAuth } = instance.settings;
  const other = basicAuth ? "off" : "on";
  return html`<td>${version}</td><td>${state}</td><td>${basicAuth ? "On" : "Off"} <form method="post" action="/_sandbox/instances">
<input type="hidden" name="instance" value="${instance.name}"><input type="hidden" name="basicAuth" value="${String(!basicAuth)}">
<button aria-label="Switch Basic authentication ${other} at ${instance.name}">Switch ${other}</button></form></td>`;
}
