import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import type { ColumnType } from "@/lib/connectors/streams";
import type { Place, StreamDefinition } from "../streams/definition";
import { isObject } from "../streams/shared";
import { asType, cleanJson } from "./values";

/** Turns a record of the server into the columns of its stream. */
export type MapItem = (item: JsonObject, place: Place) => JsonObject;

/** What to do with a field: one or more columns, fields below it, or nothing. */
type Node = { columns: number[]; drops: boolean; below: Map<string, Node> | null };

const mappings = new WeakMap<StreamDefinition, MapItem>();

/** The mapping of a stream, prepared once. */
export function mappingOf(definition: StreamDefinition): MapItem {
  const known = mappings.get(definition);
  if (known !== undefined) return known;
  const mapping = prepare(definition);
  mappings.set(definition, mapping);
  return mapping;
}

type Computed = { index: number; type: ColumnType; compute: (item: JsonObject, place: Place) => unknown };

/**
 * The server's fields are gone through once: known ones go to their columns, the rest to `extra` as it is nested. A
 * value of a wrong type goes there, too, and its column stays empty.
 */
function prepare({ reading }: StreamDefinition): MapItem {
  const names = reading.sources.map(([name]) => name);
  const types = reading.sources.map(([, type]) => type);
  const root = newNode();
  const computed: Computed[] = [];
  const fromPlace: { index: number; name: string; type: ColumnType }[] = [];
  for (const [index, [, type, from]] of reading.sources.entries()) {
    if (typeof from === "function") computed.push({ index, type, compute: from });
    else if (from.startsWith("@")) fromPlace.push({ index, name: from.slice(1), type });
    else nodeAt(root, from).columns.push(index);
  }
  for (const path of reading.drops ?? []) nodeAt(root, path).drops = true;

  return (item, place) => {
    const values: (Json | undefined)[] = new Array(names.length);
    for (const { index, name, type } of fromPlace) values[index] = asType(place[name], type);
    const extra = visit(item, root, values, types);
    for (const { index, type, compute } of computed) {
      const value = compute(item, place);
      if (value !== undefined && value !== null) values[index] = asType(value, type);
    }
    const data: Record<string, Json> = {};
    for (let index = 0; index < names.length; index += 1) {
      const value = values[index];
      const name = names[index];
      if (value !== undefined && value !== null && name !== undefined) data[name] = value;
    }
    if (extra !== null) data.extra = extra;
    return data;
  };
}

function newNode(): Node {
  return { columns: [], drops: false, below: null };
}

function nodeAt(root: Node, path: string): Node {
  let node = root;
  for (const name of path.split(".")) {
    node.below ??= new Map();
    const next = node.below.get(name) ?? newNode();
    node.below.set(name, next);
    node = next;
  }
  return node;
}

/** Fills the columns below a node; what is left over, or null. */
function visit(
  item: JsonObject,
  node: Node,
  values: (Json | undefined)[],
  types: readonly ColumnType[],
): JsonObject | null {
  let rest: Record<string, Json> | null = null;
  for (const name in item) {
    const value = item[name];
    // An absent value and null say the same.
    if (value === undefined || value === null) continue;
    const left = leftOf(value, node.below?.get(name), values, types);
    const kept = left === undefined ? undefined : cleanJson({ [name]: left });
    if (isObject(kept)) rest = Object.assign(rest ?? {}, kept);
  }
  return rest;
}

/** What of a field's value has no column. */
function leftOf(
  value: Json,
  node: Node | undefined,
  values: (Json | undefined)[],
  types: readonly ColumnType[],
): Json | undefined {
  if (node === undefined) return value;
  let isTaken = node.drops;
  for (const index of node.columns) {
    const typed = asType(value, types[index] ?? "json");
    if (typed === undefined) continue;
    values[index] = typed;
    isTaken = true;
  }
  if (node.below !== null && isObject(value)) {
    const below = visit(value, node, values, types);
    return isTaken || below === null ? undefined : below;
  }
  return isTaken ? undefined : value;
}
