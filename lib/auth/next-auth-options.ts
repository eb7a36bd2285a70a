import "server-only";
import { randomUUID } from "node:crypto";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { Visitor } from "@/lib/actor";
import { database } from "@/lib/db/client";
import { currentOrigin } from "@/lib/http/origin";
import { requestIdHeader } from "@/lib/http/request-headers";
import { log } from "@/lib/log";
import { portalKeys } from "@/lib/portal/keys";
import { browserLabel } from "./browser-label";
import { readDeviceCookie, writeDeviceCookie } from "./device-cookie";
import { type SignInOutcome, signIn } from "./mutations";
import { type SignInInput, signInSchema } from "./schema";
import { readSessionCookie, sessionCookie, usesSecureCookies } from "./session-cookie";
import { sessionMaxAgeSeconds } from "./sessions";
import { settleFailuresSoon } from "./settle-failures";
import { signInErrors } from "./sign-in-errors";

/**
 * next-auth's part: the sign-in endpoint, its CSRF token and the encrypted cookie. The cookie's token holds only the
 * portal's session token (`sid`), because a self-contained one could not be revoked.
 */
export function nextAuthOptions(): NextAuthOptions {
  return {
    secret: portalKeys().authSecret,
    session: { strategy: "jwt", maxAge: sessionMaxAgeSeconds },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    useSecureCookies: usesSecureCookies(),
    cookies: { sessionToken: sessionCookie() },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: async (given, request) => authorize(given, await visitorOf(request?.headers ?? {})),
      }),
    ],
    callbacks: {
      // On sign-in, `user` is what `authorize` returned; later calls pass the token on unchanged.
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      // Pages read the session row; nothing about the user is exposed here.
      session: ({ session }) => ({ expires: session.expires }),
    },
  };
}

async function authorize(given: unknown, visitor: Visitor): Promise<{ id: string } | null> {
  const parsed = signInSchema.safeParse(given);
  if (!parsed.success) return null;
  const outcome = await trySignIn(visitor, parsed.data);
  if (outcome.ok) {
    await writeDeviceCookie(outcome.device, parsed.data.email);
    return { id: outcome.token };
  }
  settleFailuresSoon();
  // next-auth uses an exception's message as the error code of the sign-in page.
  if (outcome.reason === "rate-limited") throw new Error(signInErrors.rateLimited);
  if (outcome.reason === "busy") throw new Error(signInErrors.busy);
  return null;
}

async function visitorOf(headers: Record<string, unknown>): Promise<Visitor> {
  const { [requestIdHeader]: requestId, "user-agent": userAgent } = headers;
  return {
    requestId: typeof requestId === "string" ? requestId : randomUUID(),
    origin: await currentOrigin(),
    browser: browserLabel(typeof userAgent === "string" ? userAgent : null),
    sessionToken: await readSessionCookie(),
  };
}

// A database error repeats its query, so it goes to the log and not through next-auth.
async function trySignIn(visitor: Visitor, input: SignInInput): Promise<SignInOutcome> {
  try {
    return await signIn(await database(), visitor, input, await readDeviceCookie());
  } catch (error) {
    log().error({ err: error, requestId: visitor.requestId }, "a sign-in failed unexpectedly");
    throw new Error(signInErrors.unavailable);
  }
}
