import { env } from "@/lib/env";
import type { Mail } from "@/lib/mail/send";
import type { MessageWords } from "@/lib/notifications/words";
import { teamNewsPath } from "@/lib/paths";
import { escapeHtml } from "@/lib/text/escape-html";
import { visibleJson } from "@/lib/text/visible-json";
import type { ClaimedSend } from "./queue";
import type { MessageRow } from "./still-told";

const choicesPath = "/account/notifications";

/** The last lines of an e-mail: why it came, and where its recipients choose what they hear about. */
export type Footer = { readonly text: string; readonly path: string; readonly label: string };

/** The footer of e-mails to a user. */
export const ownChoices: Footer = {
  text: "You get this e-mail from Latchkey. Choose what you hear about:",
  path: choicesPath,
  label: "Notifications",
};

/** The footer of e-mails to a team's address. */
export function choicesOfTeam({ id, name }: { id: string; name: string }): Footer {
  return {
    text: `Latchkey sends this e-mail to the team “${name}”. Its owners choose what comes here, and can remove this address:`,
    path: teamNewsPath(id),
    label: "Notifications of the team",
  };
}

/** The first e-mail to a team's address, and its test: who added it, and what to do if that is not wanted. */
export function introductionOf({ by, team }: { by: string; team: { name: string } }): MessageWords {
  return {
    title: `${by} added this address to the messages of the team “${team.name}”`,
    cure: `From now on Latchkey tells here what concerns the credentials, sources and destinations that are shared with the team, such as a refused secret or a failed run. If you do not expect this, ask ${by} or another owner of the team to remove this address.`,
    link: null,
  };
}

/** A message as an e-mail: plain text, and the same as HTML. */
export function mailOf(
  { id, to }: { id: string; to: string },
  { title, cure, link }: MessageWords,
  footer: Footer,
): Mail {
  const lines = [title, cure, ...(link ? [`${link.label}: ${absolute(link.href)}`] : [])];
  const anchor = (href: string, label: string) =>
    `<a href="${escapeHtml(absolute(href))}">${escapeHtml(label)}</a>`;
  const html = [
    `<p><strong>${escapeHtml(title)}</strong></p>`,
    `<p>${escapeHtml(cure)}</p>`,
    ...(link ? [`<p>${anchor(link.href, link.label)}</p>`] : []),
    `<hr><p><small>${escapeHtml(footer.text)} ${anchor(footer.path, footer.label)}</small></p>`,
  ];
  return {
    ...{ id, to, subject: subjectOf(title) },
    text: `${lines.join("\n\n")}\n\n--\n${footer.text}\n${absolute(footer.path)}\n`,
    html: html.join("\n"),
  };
}

/** A message as the body of a webhook. The same at each attempt. */
export function bodyOf({ id, news, createdAt }: MessageRow, { title, cure, link }: MessageWords): string {
  const { kind, ...facts } = news;
  return inJson(kind, createdAt, { id, title, text: cure, url: link && absolute(link.href), facts });
}

/** The body of a test. */
export function testBody({ id, teamId, createdAt }: ClaimedSend): string {
  const [title, text, path] =
    teamId === null
      ? ["A test of your webhook", "You asked for it.", choicesPath]
      : ["A test of your team's webhook", "An owner of the team asked for it.", teamNewsPath(teamId)];
  return inJson("test", createdAt, { id, title, text, url: absolute(path) });
}

// Text in which no character changes the direction of writing, wherever a receiver shows it.
function inJson(type: string, at: Date, data: object): string {
  return visibleJson(JSON.stringify({ type, timestamp: at.toISOString(), data }));
}

function absolute(path: string): string {
  return `${env().APP_ORIGIN}${path}`;
}

// A subject is one short line, whatever a name holds.
function subjectOf(title: string): string {
  const line = title.replace(/\s+/g, " ").trim();
  return line.length > 150 ? `${line.slice(0, 149)}…` : line;
}
