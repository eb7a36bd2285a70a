import type { Visitor } from "@/lib/actor";
import { currentOrigin } from "@/lib/http/origin";
import { currentRequestId } from "@/lib/http/request-id";

/** Whoever makes the current request, signed in or not, as far as pages that ask for nobody's session need to know. */
export async function currentVisitor(): Promise<Visitor> {
  return { requestId: await currentRequestId(), origin: await currentOrigin() };
}
