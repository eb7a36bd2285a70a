import { parseHTML } from "linkedom";

/** The document of a page's HTML, as a client without a browser reads it. */
export function documentOf(html: string): Document {
  return parseHTML(html).document;
}

/** The value of the button with this name; null if the page has none. */
export function buttonValue(html: string, name: string): string | null {
  return documentOf(html).querySelector(`button[name="${name}"]`)?.getAttribute("value") ?? null;
}

/** A document without its scripts and nonces, which differ in each answer. */
export function lastingPart(html: string): Document {
  const document = documentOf(html);
  for (const script of document.querySelectorAll("script")) script.remove();
  for (const element of document.querySelectorAll("[nonce]")) element.removeAttribute("nonce");
  return document;
}
