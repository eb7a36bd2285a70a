import "server-only";
import { env } from "@/lib/env";

/** Where e-mails go out, and from whom. */
export type MailSettings = { readonly url: string; readonly from: string };

/** The mail server from the environment; null without one: then the portal sends no e-mails. */
export function mailSettings(): MailSettings | null {
  const { SMTP_URL: url, MAIL_FROM: from } = env();
  return url && from ? { url, from } : null;
}
