import type { Json, JsonObject, ReadContext, Step, StreamCall } from "@/lib/connectors/stream-reader";
import { definitionOf } from "../streams/all";
import { readQuery, splitManualPath } from "../streams/manual-path";
import { isObject } from "../streams/shared";
import { limitOf } from "./calls";
import { readPage } from "./page";
import { type ManualPosition, toStored } from "./position";
import { keyOfWhole } from "./record-key";
import { mapItems } from "./records";
import { cleanJson } from "./values";

/** Any list or object of the server, as the user described it. */

/** The call that the user described, with paging. */
export function manualCall(context: ReadContext, { start }: ManualPosition): StreamCall {
  const { path = "", query = "" } = context.settings.parameters;
  const split = splitManualPath(path);
  // Settings are stored only if their path was accepted.
  if (!split.ok) throw new Error("a manual path that was never accepted");
  return {
    path: split.path,
    query: { ...split.query, ...readQuery(query), limit: limitOf(context), start },
  };
}

/** Takes an answer; `no-records` if there are none where the user said, null if it is no list or object. */
export function acceptManual(
  context: ReadContext,
  position: ManualPosition,
  body: unknown,
): Step | "no-records" | null {
  const { records: where = "", key = "" } = context.settings.parameters;
  const found = recordsAt(body, where);
  if (found === undefined) return where === "" ? null : "no-records";
  const next = nextOf(body, position.start);
  if (next === "broken") return null;
  const items = found.flatMap((record) => {
    const clean = cleanJson(record);
    if (clean === undefined || clean === null) return [];
    const own = key === "" ? keyOfWhole(clean) : fieldOf(clean, key);
    return [own === undefined ? { record: clean } : { record: clean, key: own }];
  });
  const definition = definitionOf(context.settings.stream);
  const mapped = mapItems(definition, items, {}, null);
  return { ...mapped, next: next === null ? null : toStored({ ...bare(position), start: next }) };
}

function bare({ at, unit }: ManualPosition) {
  return { at, unit };
}

/** The records of an answer; undefined if there are none where they should be. */
function recordsAt(body: unknown, where: string): readonly unknown[] | undefined {
  if (where === "" || where === "values") {
    if (Array.isArray(body)) return body;
    if (isObject(body) && Array.isArray(body.values)) return body.values;
    // Nothing was said, and it is no list: the answer itself.
    return where === "" && isObject(body) ? [body] : undefined;
  }
  const value = where === "/" ? body : atPointer(body, where);
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value : [value];
}

/** Follows a JSON pointer (RFC 6901). */
function atPointer(body: unknown, pointer: string): unknown {
  let value: unknown = body;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(value)) value = /^\d+$/.test(name) ? value[Number(name)] : undefined;
    else value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

/** Where the next page begins, wherever the records themselves are. */
function nextOf(body: unknown, start: number): number | null | "broken" {
  if (!isObject(body) || body.isLastPage !== false) return null;
  const page = readPage({ ...body, values: [] }, { start });
  return page === null ? "broken" : page.next;
}

/** A field's value as text, such as "user.id"; undefined if there is none. */
function fieldOf(record: Json, path: string): string | undefined {
  let value: Json | undefined = record;
  for (const name of path.split(".")) value = stepInto(value, name);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function stepInto(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? (value satisfies JsonObject)[name] : undefined;
}
