import type { NextRequest } from "next/server";
import { findActor } from "@/lib/auth/require-actor";
import { fileNameOf } from "@/lib/datasets/download/file-name";
import { database } from "@/lib/db/client";
import type { DeliveryFormat } from "@/lib/deliveries/download/formats";
import { deliveriesStream } from "@/lib/deliveries/download/stream";
import { resultNames } from "@/lib/deliveries/types";
import { parseView } from "@/lib/deliveries/view";
import { findEndpoint } from "@/lib/endpoints/queries";
import { directionOf } from "@/lib/paths";
import { findRun } from "@/lib/runs/queries";

type Context = { params: Promise<{ direction: string; endpoint: string; run: string }> };

const contentTypes: Record<DeliveryFormat, string> = {
  ndjson: "application/x-ndjson; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
};

/**
 * The GET handler of a download of a run's results: a stream for users who see the destination, a 404 for all others. It
 * has no Content-Length, so that one that breaks off cannot be taken for a whole one.
 */
export function resultsAs(format: DeliveryFormat) {
  return async (request: NextRequest, { params }: Context): Promise<Response> => {
    const { direction, endpoint: id, run: runId } = await params;
    const actor = directionOf(direction) === "destination" ? await findActor() : null;
    const db = await database();
    const endpoint = actor && (await findEndpoint(db, actor, "destination", id));
    const run = actor && endpoint && (await findRun(db, actor, id, runId));
    if (!actor || !endpoint || !run) return new Response(null, { status: 404 });
    const given = Object.fromEntries(request.nextUrl.searchParams);
    const view = parseView(given);
    // A program that misspells a result must not get all of them.
    if (given.result !== undefined && view.result === null) {
      const headers = { "Content-Type": "text/plain; charset=utf-8" };
      return new Response(`“result” can only be one of ${resultNames.join(", ")}.\n`, {
        status: 400,
        headers,
      });
    }
    const { name } = endpoint;
    const ref = { endpointId: id, runId };
    const fileName = fileNameOf(
      `${name} ${view.result ?? "results"}`,
      { after: null, hasDeleted: false },
      format,
    );
    return new Response(deliveriesStream(db, actor, { ref, name, format, view }), {
      headers: {
        "Content-Type": contentTypes[format],
        "Content-Disposition": `attachment; filename="${fileName}"`,
        "Cache-Control": "no-store",
      },
    });
  };
}
