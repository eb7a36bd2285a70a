import { readiness } from "@/lib/http/readiness";

/**
 * For load balancers: 200 if this process is ready for requests, else 503. The response contains no data about users.
 */
export async function GET(): Promise<Response> {
  const state = await readiness();
  return Response.json({ status: state }, { status: state === "ready" ? 200 : 503 });
}
