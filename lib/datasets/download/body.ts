import "server-only";
import type { Actor } from "@/lib/actor";
import { log } from "@/lib/log";

/** The right to what is downloaded ended while it was sent. */
export class AccessEndedError extends Error {
  override readonly name = "AccessEndedError";
}

/**
 * The body of a download, read while it is sent. It ends cleanly only when `chunks` do: any failure and the end of a
 * right break it off, and the client can tell. `of`: for the log, the ids of what is downloaded.
 */
export function downloadBody(
  chunks: AsyncGenerator<Uint8Array, undefined>,
  actor: Actor,
  of: Readonly<Record<string, string>>,
): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { value, done } = await chunks.next().catch((error: unknown) => {
          throw brokenOff(error, actor, of);
        });
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await chunks.return(undefined);
      },
    },
    // Nothing is read ahead: a HEAD request reads nothing, and a slow client holds one page.
    { highWaterMark: 0 },
  );
}

function brokenOff(error: unknown, { requestId }: Actor, of: Readonly<Record<string, string>>): Error {
  if (error instanceof AccessEndedError) log().info({ requestId, ...of }, "a download lost its right");
  else log().error({ err: error, requestId, ...of }, "a download broke off");
  const abort = new Error("the download broke off", { cause: error });
  // The name by which Next closes the connection and does not report the error a second time.
  abort.name = "AbortError";
  return abort;
}
