import type { DatabaseFault } from "@/lib/db/fault";
import { faultWords } from "./fault-words";

/** After how many seconds a client may retry. */
export const retryAfterSeconds = 10;

type Asked = {
  readonly fault: DatabaseFault;
  /** A UUID that the portal generated. */
  readonly requestId: string;
  /** True if the request would change something: reloading the page sends it again. */
  readonly isChange: boolean;
  /** From the response's content security policy. */
  readonly nonce: string;
};

/**
 * The whole page for a request that failed for a database fault, in the portal's design and without JavaScript. Plain
 * text, so that it needs nothing that could fail as well.
 */
export function faultPage({ fault, requestId, isChange, nonce }: Asked): string {
  const { title, lead } = faultWords[fault];
  const next = isChange
    ? "<p>Nothing that you sent was confirmed. Load this page again to send it once more: your browser still has what you typed, and asks before it does.</p>"
    : '<p><a href="">Try again</a></p>';
  const number = `<p class="number">If it stays like this, tell the portal's administrator the number <code>${requestId}</code>.</p>`;
  return plainPage({ title, body: `<p>${lead}</p>\n${next}\n${number}`, nonce });
}

/** A self-contained page in the portal's design; `body` is trusted HTML. */
export function plainPage({ title, body, nonce }: { title: string; body: string; nonce: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Latchkey</title>
<style nonce="${nonce}">${styles}</style>
</head>
<body>
<main>
<p class="brand">Latchkey</p>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

const styles = `
:root { --ground: #f8f9fb; --ink: #1a1f2b; --muted: #566072; --accent: #2f55c8 }
@media (prefers-color-scheme: dark) { :root { --ground: #12151c; --ink: #e8ebf2; --muted: #9aa4b8; --accent: #8fabff } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 "Inter Variable", system-ui, sans-serif }
main { display: flex; flex-direction: column; justify-content: center; gap: 1rem; min-height: 100dvh; max-width: 42rem; margin: 0 auto; padding: 3rem 1.25rem }
h1, p { margin: 0; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.015em }
.brand { font-weight: 600 }
.number { color: var(--muted); font-size: 0.875rem }
a { display: inline-block; padding: 0.25rem 0; color: var(--accent); font-weight: 500; text-underline-offset: 4px }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px }
`;
