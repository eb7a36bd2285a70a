import { resetCookieHeader } from "@/lib/password-resets/reset-cookie";

/**
 * Takes a link's token out of the address before any page is shown: it then stands in no title, history entry or Referer.
 * Every token is answered alike, and nothing is used up: a look at the link costs nothing.
 */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const headers = { Location: "/reset-password", "Set-Cookie": resetCookieHeader(token) };
  return new Response(null, { status: 303, headers });
}
