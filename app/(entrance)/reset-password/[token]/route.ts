import { resetCookieHeader } from "@/lib/password-resets/reset-cookie";

/**
 * Removes the token from the address before any page is shown: no title, history entry or Referer contains it. Every
 * token gets the same response, and opening a link does not use it up.
 */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const headers = { Location: "/reset-password", "Set-Cookie": resetCookieHeader(token) };
  return new Response(null, { status: 303, headers });
}
