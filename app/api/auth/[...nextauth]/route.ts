import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { nextAuthOptions } from "@/lib/auth/next-auth-options";
import { answerSignIn, refuseOddSignIn } from "@/lib/auth/sign-in-endpoint";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own pages and its CSRF token. */
export function GET(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, nextAuthOptions());
}

/** Sign-in. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const refusal = refuseOddSignIn(request);
  if (refusal) return refusal;
  const form = await request
    .clone()
    .formData()
    .catch(() => null);
  return answerSignIn(await NextAuth(request, context, nextAuthOptions()), form);
}
