import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { NextRequest } from "next/server";
import { findActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { databaseFaultOf } from "@/lib/db/fault";
import { env } from "@/lib/env";
import { AppError, type ErrorCode } from "@/lib/errors";
import { faultWords } from "@/lib/http/fault-words";
import { isFromOwnOrigin } from "@/lib/http/own-origin";
import { currentRequestId } from "@/lib/http/request-id";
import { log } from "@/lib/log";
import { consume, uploadLimit } from "@/lib/rate-limit";
import { BrokenFormError } from "@/lib/uploads/multipart";
import { takeUploadForm } from "@/lib/uploads/take-form";

/**
 * Takes the file of an upload form, streamed into the database, and returns to the form's page. `proxy.ts` does not see
 * this request, because Next would hold all of a body for it; its checks are repeated here.
 */
export async function POST(request: NextRequest): Promise<Response> {
  const requestId = await currentRequestId();
  if (!isFromOwnOrigin(request.headers, env().APP_ORIGIN)) {
    const { APP_ORIGIN } = env();
    return inWords(
      403,
      `This request did not come from the portal's own pages. Open the portal at ${APP_ORIGIN}.`,
    );
  }
  const actor = await findActor();
  if (!actor) return seeOther(`/sign-in?${new URLSearchParams({ callbackUrl: "/destinations" })}`);
  try {
    const db = await database();
    await consume(db, uploadLimit, actor.userId);
    if (!request.body) throw new BrokenFormError("This is no form with a file.");
    // The DOM's type of the same stream.
    const body = Readable.fromWeb(request.body as ReadableStream<Uint8Array>);
    return seeOther(await takeUploadForm(db, actor, request.headers.get("content-type") ?? "", body));
  } catch (error) {
    return refusalOf(error, requestId);
  }
}

function refusalOf(error: unknown, requestId: string): Response {
  if (error instanceof BrokenFormError) return inWords(400, `${error.message} Nothing was kept.`);
  if (error instanceof AppError) return inWords(statuses[error.code] ?? 409, error.message);
  const fault = databaseFaultOf(error);
  log().error({ err: error, requestId, fault }, "an upload failed unexpectedly");
  if (fault) return inWords(503, `${faultWords[fault].message} (${requestId})`);
  return inWords(500, `Something went wrong on our side and nothing was kept. (${requestId})`);
}

const statuses: Partial<Record<ErrorCode, number>> = { RATE_LIMITED: 429, NOT_ALLOWED: 403 };

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
}

function inWords(status: number, message: string): Response {
  const headers = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(`${message}\n`, { status, headers });
}
