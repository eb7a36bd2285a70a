import { headerOf, type ServerAnswer, textOf } from "./server-answer";

/** The purpose of a web page that came in place of an answer. */
export type PageKind = "sign-in" | "block" | "other";

const signInTitle =
  /<title>[^<]*(?:sign[ -]?(?:in|on)|log[ -]?(?:in|on)\b|anmeld|connexion|iniciar sesi|accedi|inloggen|ログイン|サインイン|登录)/i;
const signInForm = /type=["']?password\b|\bSAMLRequest\b|\/oauth2\/(?:start|authorize)|openid-connect\/auth/i;
/** The words of F5, Akamai, Imperva, Cloudflare, Zscaler, Squid and Apache. */
const blockWords =
  /request rejected|your support id|incident id|access (?:is |has been )?denied|attention required|just a moment|zscaler|web application firewall|\bblocked\b|permission to access|reference #\d/i;

/** Classifies a body by a few signs that nearly every such page has; null if the body is no page. Pure. */
export function pageKindOf(answer: ServerAnswer): PageKind | null {
  const markup = new TextDecoder().decode(answer.body.subarray(0, 65_536));
  const isPage =
    /html/i.test(headerOf(answer, "content-type")) || /^\s*<(?:!doctype html|html)/i.test(markup);
  if (!isPage) return null;
  if (signInTitle.test(markup) || signInForm.test(markup)) return "sign-in";
  return blockWords.test(textOf(answer)) ? "block" : "other";
}
