import "server-only";
import type { Readable } from "node:stream";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { readUploadForm } from "./multipart";
import { receiveUpload } from "./receive";
import { returnAddress } from "./return-address";

/**
 * Takes the file of a form while it arrives, and resolves to the address to go to once all of the form was read. Throws
 * BrokenFormError if there is no form or its connection breaks; then nothing is kept.
 */
export async function takeUploadForm(
  db: Db,
  actor: Actor,
  contentType: string,
  body: Readable,
): Promise<string> {
  const { form, rest } = readUploadForm(contentType, body);
  const { returnTo, file } = await form;
  if (file === null) {
    await rest;
    return returnAddress(returnTo(), { kind: "no-file" });
  }
  const { ok, id } = await receiveUpload(db, actor, file.name, file.chunks);
  // A browser that is answered while it sends may show that the connection broke.
  await rest;
  return returnAddress(returnTo(), { kind: ok ? "taken" : "refused", id });
}
