import type { NextRequest } from "next/server";
import { findActor } from "@/lib/auth/require-actor";
import { fileNameOf } from "@/lib/datasets/download/file-name";
import { type DownloadFormat, parseDownload } from "@/lib/datasets/download/request";
import { downloadStream } from "@/lib/datasets/download/stream";
import { findDataset } from "@/lib/datasets/queries";
import { database } from "@/lib/db/client";
import { directionOf } from "@/lib/paths";

type Context = { params: Promise<{ direction: string; endpoint: string }> };

const contentTypes: Record<DownloadFormat, string> = {
  ndjson: "application/x-ndjson; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json",
  parquet: "application/vnd.apache.parquet",
};

/**
 * The GET handler of a data set's download: a stream for users who see the source, a 404 for all others. It has no
 * Content-Length, so that one that breaks off cannot be taken for a whole one.
 */
export function downloadAs(format: DownloadFormat) {
  return async (request: NextRequest, { params }: Context): Promise<Response> => {
    const { direction, endpoint: id } = await params;
    const actor = directionOf(direction) === "source" ? await findActor() : null;
    const db = await database();
    const dataset = actor && (await findDataset(db, actor, id));
    if (!dataset) return new Response(null, { status: 404 });
    const asked = parseDownload(request.nextUrl.searchParams, dataset);
    if (!asked.ok) {
      const headers = { "Content-Type": "text/plain; charset=utf-8" };
      return new Response(`${asked.problem}\n`, { status: 400, headers });
    }
    return new Response(downloadStream(db, actor, { dataset, format, request: asked.request }), {
      headers: {
        "Content-Type": contentTypes[format],
        "Content-Disposition": `attachment; filename="${fileNameOf(dataset.name, asked.request, format)}"`,
        "Cache-Control": "no-store",
        "X-Latchkey-Newest": String(dataset.newest),
      },
    });
  };
}
