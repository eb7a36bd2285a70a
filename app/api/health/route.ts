import { readiness } from "@/lib/http/readiness";

/** Whether requests should be sent to this process: 200 or 503. For load balancers; says nothing of anybody. */
export async function GET(): Promise<Response> {
  const state = await readiness();
  return Response.json({ status: state }, { status: state === "ready" ? 200 : 503 });
}
