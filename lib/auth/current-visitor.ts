import type { Visitor } from "@/lib/actor";
import { currentOrigin } from "@/lib/http/origin";
import { currentRequestId } from "@/lib/http/request-id";

/** The client of the current request, signed in or not; for pages that need no session. */
export async function currentVisitor(): Promise<Visitor> {
  return { requestId: await currentRequestId(), origin: await currentOrigin() };
}
