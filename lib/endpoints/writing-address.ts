import { dangers, type FieldMapping, type WritingSettings } from "@/lib/mapping/types";

/** Where a destination's records come from: the data set of a source, or an uploaded file. */
export const inputKinds = ["source", "upload"] as const;
export type InputKind = (typeof inputKinds)[number];
export type InputRef = { readonly kind: InputKind; readonly id: string };

/** Where a field's value comes from, as the address says it; null for a field that is not sent. */
export type ChosenMapping = FieldMapping | null;

/**
 * The choices of a destination's step Data in an address, so that every state of the wizard is a link. Nothing here is
 * validated.
 */
export type WritingChoice = {
  readonly action: string;
  readonly inputKind: InputKind;
  /** Null until one is chosen. */
  readonly input: InputRef | null;
  /** By the names of fields; without an entry the address says nothing about a field. */
  readonly mapping: Readonly<Record<string, ChosenMapping>>;
  /** The value of the select *Match key*; empty if the address says nothing. */
  readonly matchKey: string;
  readonly allows: WritingSettings["allows"];
};

/** The most characters of an address, all texts included: servers and proxies refuse longer ones. */
export const longestAddress = 8_000;

/** What to do about a longer one. */
export const tooLongForAddress =
  "All choices together stand in the address, which has at most 8,000 characters. Shorten it, or put it into a column.";

/** The names of the form's controls for one field of an action. */
export function mappingFields(field: string) {
  return { from: `m.${field}`, column: `c.${field}`, constant: `v.${field}`, text: `t.${field}` };
}

/** The values of the select *Match key*, besides one per column. */
export const matchKeys = { suggested: "fields", record: "record", mapped: "mapped" } as const;
const columnKey = "column.";

/** The value of *Match key* for a column. */
export function columnKeyToken(column: string): string {
  return `${columnKey}${column}`;
}

/** The column that a value of *Match key* names, or null. */
export function columnOfKey(token: string): string | null {
  return token.startsWith(columnKey) ? token.slice(columnKey.length) : null;
}

/** Reads the choices in an address. */
export function readWritingChoice(address: URLSearchParams): WritingChoice {
  const inputKind = inputKinds.find((kind) => kind === address.get("input")) ?? "source";
  const id = address.get(inputKind) ?? "";
  const mapping = [...address].flatMap(([name, from]): [string, ChosenMapping][] => {
    if (!name.startsWith("m.")) return [];
    const chosen = mappingOf(name.slice(2), from, address);
    return chosen === undefined ? [] : [[name.slice(2), chosen]];
  });
  return {
    action: address.get("action") ?? "",
    inputKind,
    input: id === "" ? null : { kind: inputKind, id },
    // Names are whatever an address says: each becomes a property of its own.
    mapping: Object.fromEntries(mapping),
    matchKey: address.get("key") ?? "",
    allows: dangers.filter((danger) => address.getAll("allow").includes(danger)),
  };
}

/** The choices as they stand in an address, as short as can be. */
export function writingAddress(choice: WritingChoice): URLSearchParams {
  const address = new URLSearchParams();
  if (choice.action) address.set("action", choice.action);
  address.set("input", choice.inputKind);
  if (choice.input) address.set(choice.input.kind, choice.input.id);
  for (const [field, mapping] of Object.entries(choice.mapping)) {
    const names = mappingFields(field);
    address.set(names.from, mapping?.from ?? "none");
    if (mapping?.from === "column") address.set(names.column, mapping.column);
    if (mapping?.from === "constant") address.set(names.constant, mapping.value);
    if (mapping?.from === "text") address.set(names.text, mapping.text);
  }
  if (choice.matchKey) address.set("key", choice.matchKey);
  for (const danger of choice.allows) address.append("allow", danger);
  return address;
}

const controlsOf: Readonly<Record<string, string>> = { c: "column", v: "constant", t: "text" };

/** The address without the controls that do not count: those of another origin of a field's value, and empty ones. */
export function shortAddress(address: URLSearchParams): URLSearchParams {
  const kept = [...address].filter(([name, value]) => {
    const [, control = "", field] = /^([cvt])\.(.+)$/s.exec(name) ?? [];
    return field === undefined || (value !== "" && address.get(`m.${field}`) === controlsOf[control]);
  });
  return new URLSearchParams(kept);
}

function mappingOf(field: string, from: string, address: URLSearchParams): ChosenMapping | undefined {
  const names = mappingFields(field);
  if (from === "none") return null;
  if (from === "column") return { from, column: address.get(names.column) ?? "" };
  if (from === "constant") return { from, value: address.get(names.constant) ?? "" };
  // A form sends line breaks as two characters.
  return from === "text"
    ? { from, text: (address.get(names.text) ?? "").replaceAll("\r\n", "\n") }
    : undefined;
}
