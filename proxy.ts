import { randomBytes, randomUUID } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env, isProduction } from "@/lib/env";
import { largestBodyBytes, tooLongText } from "@/lib/http/long-body";
import { isFromOwnOrigin, ownAddressOf } from "@/lib/http/own-origin";
import { requestIdHeader, requestMethodHeader } from "@/lib/http/request-headers";
import {
  contentSecurityPolicy,
  headersOfEveryAnswer,
  noStore,
  withoutPathInReferrer,
} from "@/lib/http/security-headers";
import { keyFreeAddress } from "@/lib/text/key-free-address";
import { mayCarryOneTimeToken } from "@/lib/text/one-time-tokens";

const readingMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Gives every request an id and every response its security headers, and refuses changes from other origins. It
 * authorises no user: each action and page checks its actor itself.
 */
export function proxy(request: NextRequest): NextResponse {
  const own = env().APP_ORIGIN;
  const https = own.startsWith("https:");
  const requestId = randomUUID();
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, { https, development: !isProduction });
  const common = {
    ...headersOfEveryAnswer({ https }),
    ...noStore,
    ...(mayCarryOneTimeToken(request.nextUrl) ? withoutPathInReferrer : {}),
  };
  const respond = (response: NextResponse): NextResponse => {
    for (const [name, value] of Object.entries(common)) response.headers.set(name, value);
    response.headers.set("Content-Security-Policy", policy);
    response.headers.set("X-Request-Id", requestId);
    return response;
  };

  const address = readingMethods.has(request.method) ? ownAddressOf(askedFor(request), own) : null;
  if (address) return respond(sendTo(address));
  const keyFree = readingMethods.has(request.method) ? keyFreeAddress(request.nextUrl) : null;
  if (keyFree) return respond(NextResponse.redirect(new URL(keyFree, own), 303));
  if (!readingMethods.has(request.method) && !isFromOwnOrigin(request.headers, own)) {
    return respond(
      inWords(
        403,
        `This request did not come from the portal's own pages. Open the portal at ${own} and try again.`,
      ),
    );
  }
  // Next would respond with 500, as if the fault were ours. A body without Content-Length is counted while it is read.
  if (Number(request.headers.get("content-length")) > largestBodyBytes) {
    return respond(inWords(413, tooLongText));
  }

  const headers = new Headers(request.headers);
  headers.set(requestIdHeader, requestId);
  headers.set(requestMethodHeader, request.method);
  // Next compares Origin with this header, or else with Host, which a reverse proxy may have changed. Our own check
  // above is stricter.
  headers.set("x-forwarded-host", new URL(own).host);
  headers.set("Content-Security-Policy", policy);
  return respond(NextResponse.next({ request: { headers } }));
}

// Exactly this type: only then does Next's client script show the text instead of its own message.
function inWords(status: number, message: string): NextResponse {
  return new NextResponse(message, { status, headers: { "Content-Type": "text/plain" } });
}

// By the Refresh header: Next treats all names of this machine as one and would reduce a redirect to its path.
function sendTo(address: string): NextResponse {
  const response = inWords(200, `The portal is at ${address}`);
  response.headers.set("Refresh", `0; url=${address}`);
  return response;
}

// Next fills `request.url` with the name it listens on; the requested name is in the Host header.
function askedFor(request: NextRequest): URL {
  const host = request.headers.get("host") ?? "";
  const url = `${request.nextUrl.protocol}//${host}${request.nextUrl.pathname}${request.nextUrl.search}`;
  return URL.canParse(url) ? new URL(url) : new URL(request.url);
}

export const config = {
  // Files under /_next/static have a content hash in their names and contain no user's data.
  // Not /uploads: Next would hold all of a file's bytes for this function, and cut them off at ten megabytes.
  matcher: ["/((?!_next/static/|favicon\\.ico$|icons?\\.svg$|uploads$).*)"],
};
