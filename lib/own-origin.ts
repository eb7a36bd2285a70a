/**
 * Whether a state-changing request comes from the portal's own pages: `Origin` must equal `ownOrigin`; browsers that
 * send none must say `Sec-Fetch-Site: same-origin`. Next's own check lets a missing Origin and a forged
 * X-Forwarded-Host pass, so neither is looked at here.
 */
export function isFromOwnOrigin(headers: Pick<Headers, "get">, ownOrigin: string): boolean {
  const origin = headers.get("origin");
  if (origin !== null) return origin === ownOrigin;
  return headers.get("sec-fetch-site") === "same-origin";
}
