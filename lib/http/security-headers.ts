/**
 * The content security policy of one response. Scripts run only with this response's `nonce` or if such a script
 * loads them; React's development build needs `eval`, the production build does not.
 */
export function contentSecurityPolicy(
  nonce: string,
  options: { https: boolean; development: boolean },
): string {
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${options.development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  if (options.https) directives.push("upgrade-insecure-requests");
  return directives.join("; ");
}

/** Headers of every response, static files and refusals of the HTTP parser included. */
export function headersOfEveryAnswer(options: { https: boolean }): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    // For responses other than pages. Pages get theirs, with a nonce, in proxy.ts.
    "Content-Security-Policy":
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ...(options.https ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {}),
  };
}

/** Pages name credentials and users: they must be neither cached nor shown by the back button after sign-out. */
export const noStore = { "Cache-Control": "no-store" };

/**
 * For pages whose URL holds a one-time token: other requests get only the origin. Not `no-referrer`, which makes
 * browsers send `Origin: null`, so that every form would be refused (Fetch standard, "append a request Origin
 * header").
 */
export const withoutPathInReferrer = { "Referrer-Policy": "strict-origin" };
