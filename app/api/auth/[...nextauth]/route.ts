import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { nextAuthOptions } from "@/lib/auth/next-auth-options";
import { answerSignIn, isOpenEndpoint, refuseOddSignIn } from "@/lib/auth/sign-in-endpoint";

type Context = { params: Promise<{ nextauth: string[] }> };

/** Sets next-auth's CSRF cookie before the user reaches our sign-in page. */
export async function GET(request: NextRequest, context: Context): Promise<Response> {
  if (!isOpenEndpoint("GET", (await context.params).nextauth)) return new Response(null, { status: 404 });
  return NextAuth(request, context, nextAuthOptions());
}

/** Sign-in. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  if (!isOpenEndpoint("POST", (await context.params).nextauth)) return new Response(null, { status: 404 });
  const refusal = refuseOddSignIn(request);
  if (refusal) return refusal;
  const form = await request
    .clone()
    .formData()
    .catch(() => null);
  const nonce = /'nonce-([^']+)'/.exec(request.headers.get("content-security-policy") ?? "")?.[1];
  return answerSignIn(await NextAuth(request, context, nextAuthOptions()), form, nonce);
}
