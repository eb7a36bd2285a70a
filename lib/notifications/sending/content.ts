import { env } from "@/lib/env";
import type { Mail } from "@/lib/mail/send";
import type { MessageWords } from "@/lib/notifications/words";
import { teamNewsPath } from "@/lib/paths";
import { escapeHtml } from "@/lib/text/escape-html";
import { visibleJson } from "@/lib/text/visible-json";
import type { ClaimedSend } from "./queue";
import type { MessageRow } from "./still-told";

const choicesPath = "/account/notifications";

/** A message as an e-mail: plain text, and the same as HTML. */
export function mailOf(id: string, to: string, { title, cure, link }: MessageWords): Mail {
  const lines = [title, cure, ...(link ? [`${link.label}: ${absolute(link.href)}`] : [])];
  const footer = "You get this e-mail from Latchkey. Choose what you hear about:";
  const anchor = (href: string, label: string) =>
    `<a href="${escapeHtml(absolute(href))}">${escapeHtml(label)}</a>`;
  const html = [
    `<p><strong>${escapeHtml(title)}</strong></p>`,
    `<p>${escapeHtml(cure)}</p>`,
    ...(link ? [`<p>${anchor(link.href, link.label)}</p>`] : []),
    `<hr><p><small>${escapeHtml(footer)} ${anchor(choicesPath, "Notifications")}</small></p>`,
  ];
  return {
    ...{ id, to, subject: subjectOf(title) },
    text: `${lines.join("\n\n")}\n\n--\n${footer}\n${absolute(choicesPath)}\n`,
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
