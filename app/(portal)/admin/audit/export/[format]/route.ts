import type { NextRequest } from "next/server";
import { type ExportFormat, headOf, lineOf } from "@/lib/audit/export";
import { filterNames, parseFilter } from "@/lib/audit/filter";
import { recordExport } from "@/lib/audit/mutations";
import { streamEvents } from "@/lib/audit/queries";
import type { EventItem } from "@/lib/audit/types";
import { findActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";

type Context = { params: Promise<{ format: string }> };

const contentTypes: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
};

/**
 * Exports the filtered log as a file, read from the database while it is sent; a 404 for everyone but portal
 * administrators.
 */
export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const { format } = await context.params;
  const actor = await findActor();
  if (!actor?.isAdministrator || !isFormat(format)) return new Response(null, { status: 404 });
  const given = filterNames.flatMap((name) => {
    const values = request.nextUrl.searchParams.getAll(name);
    return values.length === 1 ? [[name, values[0]]] : [];
  });
  const filter = parseFilter(Object.fromEntries(given));
  const db = await database();
  await recordExport(db, actor, format, filter);
  return new Response(textStream(format, streamEvents(db, actor, filter)), {
    headers: {
      "Content-Type": contentTypes[format],
      "Content-Disposition": `attachment; filename="latchkey-audit-${new Date().toISOString().slice(0, 10)}.${format}"`,
      "Cache-Control": "no-store",
    },
  });
}

function isFormat(text: string): text is ExportFormat {
  return text === "csv" || text === "ndjson";
}

// Read batch by batch, at the client's pace: a slow client does not make the server buffer the log.
function textStream(
  format: ExportFormat,
  batches: AsyncGenerator<readonly EventItem[]>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(headOf(format))),
    async pull(controller) {
      const { value, done } = await batches.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map((item) => lineOf(format, item)).join("")));
    },
    cancel: async () => {
      await batches.return(undefined);
    },
  });
}
