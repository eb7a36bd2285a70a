import { PassThrough, type Readable } from "node:stream";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { maskApiKeys } from "@/lib/text/api-key-shape";
import { storableText } from "@/lib/text/storable-text";

/** The names of the form's fields. */
export const uploadFields = { returnTo: "returnTo", file: "file" } as const;

/** What a form brought: its file, while it arrives, and the address to return to. */
export type UploadForm = {
  /** Whole once all of the body was read, since the field may stand behind the file. */
  readonly returnTo: () => string;
  /** Null if no file was chosen. */
  readonly file: { readonly name: string; readonly chunks: AsyncIterable<Uint8Array> } | null;
};

/** The form is broken, or its connection is. */
export class BrokenFormError extends Error {
  override name = "BrokenFormError";
}

const longestName = 200;

/**
 * Reads a multipart form as it arrives and resolves once its file begins, or at its end. The file's chunks throw if the
 * connection breaks. `rest` resolves when all of the body was read: what nobody took is thrown away.
 */
export function readUploadForm(
  contentType: string,
  body: Readable,
): { readonly form: Promise<UploadForm>; readonly rest: Promise<void> } {
  let returnTo = "";
  let settled = false;
  const { promise: form, resolve, reject } = withResolvers<UploadForm>();
  const { promise: rest, resolve: ended } = withResolvers<void>();
  const parser = openParser(contentType);
  if (parser === null) {
    body.resume();
    return {
      form: Promise.reject(new BrokenFormError("This is no form with a file.")),
      rest: Promise.resolve(),
    };
  }
  let file: PassThrough | null = null;
  const fail = (why: string) => {
    const error = new BrokenFormError(why);
    file?.destroy(error);
    reject(error);
    ended();
  };
  parser.on("field", (name, value, _isNameCut, isCut) => {
    if (name === uploadFields.returnTo && !isCut) returnTo = value;
  });
  parser.on("file", (name, stream, filename) => {
    stream.on("error", () => undefined);
    if (name !== uploadFields.file || settled) {
      stream.resume();
      return;
    }
    settled = true;
    // A browser sends a file without name and content if none was chosen.
    if (!filename) {
      stream.resume();
      resolve({ returnTo: () => returnTo, file: null });
      return;
    }
    file = new PassThrough();
    stream.pipe(file);
    resolve({
      returnTo: () => returnTo,
      file: { name: fileName(filename), chunks: untilLeft(file, stream) },
    });
  });
  parser.on("finish", () => {
    if (!settled) resolve({ returnTo: () => returnTo, file: null });
    ended();
  });
  parser.on("error", () => fail("The form broke off."));
  body.on("error", () => fail("The connection broke off."));
  body.on("close", () => {
    if (!body.readableEnded) fail("The connection broke off.");
  });
  body.pipe(parser);
  return { form, rest };
}

/** The chunks of a file; what is left when the reader stops is thrown away, so that the form's end arrives. */
async function* untilLeft(file: PassThrough, stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* file;
  } finally {
    stream.unpipe(file);
    stream.resume();
  }
}

function openParser(contentType: string) {
  if (!/^multipart\/form-data\b/i.test(contentType)) return null;
  try {
    const headers: BusboyHeaders = { "content-type": contentType };
    return new Busboy({ headers, limits: { files: 1, fields: 10, fieldSize: 16_384, headerPairs: 20 } });
  } catch {
    // Without a boundary.
    return null;
  }
}

/** A file's name as stored and shown: without its folder, control characters and API keys. */
function fileName(given: string): string {
  const base = storableText(given.split(/[\\/]/).at(-1) ?? "").replaceAll(/[\p{Cc}\p{Cf}]/gu, "");
  return Array.from(maskApiKeys(base.trim())).slice(0, longestName).join("") || "file";
}

/** `Promise.withResolvers`, which Node.js 20 lacks. */
function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Value>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
