import "server-only";
import nodemailer from "nodemailer";
import type { MailSettings } from "./settings";

export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for each attempt, so that mail programs show a repeated e-mail once. */
  readonly id: string;
};

/** Why an e-mail was not taken. `unknown-recipient`: another attempt would end the same. */
export type MailFailure = "unreachable" | "sign-in-refused" | "unknown-recipient" | "refused";

/** What came of one attempt. `status`: the reply code of the mail server (RFC 5321), if it answered. */
export type MailResult =
  | { readonly ok: true; readonly status: number }
  | { readonly ok: false; readonly failure: MailFailure; readonly status: number | null };

/** Each step of the conversation, so that an attempt ends well within its lease. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** Hands one e-mail to the mail server. Never throws. With a password, it insists on an encrypted connection. */
export async function sendMail({ url, from }: MailSettings, mail: Mail): Promise<MailResult> {
  const transport = nodemailer.createTransport(transportOf(new URL(url)));
  try {
    const { id, to, ...content } = mail;
    const domain = /@([^@>]+)>?$/.exec(from)?.[1] ?? "localhost";
    // An object, so that a comma in an address cannot become a second recipient.
    const recipient = { name: "", address: to };
    const sent = await transport.sendMail({
      ...content,
      from,
      to: recipient,
      messageId: `<${id}@${domain}>`,
      headers: { "Auto-Submitted": "auto-generated" },
    });
    return { ok: true, status: Number.parseInt(sent.response, 10) || 250 };
  } catch (error) {
    return failureOf(error);
  } finally {
    transport.close();
  }
}

// Spelled out, because nodemailer ignores all other options beside a URL.
function transportOf({ protocol, hostname, port, username, password }: URL) {
  const secure = protocol === "smtps:";
  const host = hostname.replace(/^\[|\]$/g, "");
  const isLocal = host === "localhost" || host === "127.0.0.1" || host === "::1";
  return {
    ...patience,
    host,
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    // A password is never sent in clear text through a network.
    requireTLS: !secure && password !== "" && !isLocal,
    ...(username === ""
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    // Texts are all that the portal sends.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function failureOf(error: unknown): MailResult {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const responseCode = error instanceof Error && "responseCode" in error ? error.responseCode : null;
  const status = typeof responseCode === "number" ? responseCode : null;
  return { ok: false, failure: failureNamed(code, status), status };
}

function failureNamed(code: unknown, status: number | null): MailFailure {
  if (code === "EAUTH") return "sign-in-refused";
  if (code === "EENVELOPE" && status !== null && status >= 500) return "unknown-recipient";
  return status === null ? "unreachable" : "refused";
}
