import type { NextRequest } from "next/server";
import { findActor } from "@/lib/auth/require-actor";
import type { CheckStep } from "@/lib/connectors/types";
import { followCheck } from "@/lib/credentials/checks/progress";
import { progressIdSchema } from "@/lib/credentials/schema";

type Context = { params: Promise<{ check: string }> };

/** Streams the steps of a running check to the form that started it: one JSON line per step, until the check ends. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const id = progressIdSchema.safeParse((await params).check);
  const actor = id.success ? await findActor() : null;
  const steps = actor && id.success ? await followCheck(actor, id.data, request.signal) : null;
  // Finished checks, other users' checks and unknown ids give the same response, which no browser console reports.
  if (!steps) return new Response(null, { status: 204 });
  return new Response(linesOf(steps), {
    headers: {
      "Content-Type": "application/x-ndjson",
      // Compression or a buffering proxy would hold lines back; each must arrive at once.
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

function linesOf(steps: AsyncGenerator<CheckStep>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await steps.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    async cancel() {
      await steps.return(undefined);
    },
  });
}
