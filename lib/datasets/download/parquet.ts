import { ByteWriter, parquetWriteRows } from "hyparquet-writer";
import type { Column } from "@/lib/connectors/streams";
import { ownColumns } from "@/lib/datasets/columns";
import type { StoredRecord } from "@/lib/datasets/types";
import { textOf, valuesOf } from "./cells";

type SchemaElement = NonNullable<Parameters<typeof parquetWriteRows>[0]["schema"]>[number];

/** The values that are held at a time: some 1,700 rows of nine columns. The writer's default holds 100,000 rows. */
const cellsPerGroup = 15_000;

/** Writes a Parquet file while its records are read, in pieces of a row group at most. */
export async function* parquetChunks(
  records: AsyncIterable<StoredRecord>,
  columns: readonly Column[],
  about: Readonly<Record<string, string>>,
): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const sink = writable.getWriter();
  const all = [...ownColumns, ...columns];
  const written = Promise.resolve(
    parquetWriteRows({
      writer: new StreamedBytes((bytes) => sink.write(bytes)),
      rows: rowsOf(records, all),
      columns: all.map(({ name }) => ({ name })),
      schema: [{ name: "root", num_children: all.length }, ...all.flatMap(schemaOf)],
      rowGroupSize: Math.ceil(cellsPerGroup / all.length),
      createdBy: "Latchkey",
      kvMetadata: Object.entries(about).map(([key, value]) => ({ key: `latchkey.${key}`, value })),
    }),
  ).then(
    () => sink.close(),
    (error: unknown) => sink.abort(error),
  );
  // Its failure also fails the reading below; when reading stops, the next write fails.
  written.catch(() => undefined);
  yield* readable;
  await written;
}

/** Hands over what was written as soon as a row group is complete. */
class StreamedBytes extends ByteWriter {
  readonly #send: (bytes: Uint8Array) => Promise<void>;

  constructor(send: (bytes: Uint8Array) => Promise<void>) {
    super();
    this.#send = send;
  }

  async flush(): Promise<void> {
    const bytes = this.getBytes().slice();
    this.index = 0;
    if (bytes.length > 0) await this.#send(bytes);
  }

  override finish(): Promise<void> {
    return this.flush();
  }
}

async function* rowsOf(records: AsyncIterable<StoredRecord>, columns: readonly Column[]) {
  for await (const record of records) {
    const values = valuesOf(record);
    const row: Record<string, unknown> = {};
    for (const column of columns) row[column.name] = typedValue(values[column.name], column);
    yield row;
  }
}

function schemaOf({ name, type }: Column): SchemaElement[] {
  const repetition_type = "OPTIONAL";
  switch (type) {
    case "int":
      return [{ name, type: "INT64", repetition_type }];
    case "bool":
      return [{ name, type: "BOOLEAN", repetition_type }];
    case "timestamp": {
      const logical_type = { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" } as const;
      return [{ name, type: "INT64", logical_type, repetition_type }];
    }
    case "json":
      return [{ name, type: "BYTE_ARRAY", converted_type: "JSON", repetition_type }];
    case "text":
      return [{ name, type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type }];
    case "text[]":
      return [
        { name, repetition_type, num_children: 1, converted_type: "LIST" },
        { name: "list", repetition_type: "REPEATED", num_children: 1 },
        { name: "element", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type },
      ];
  }
}

// The writer throws on any other type, in the middle of the file.
function typedValue(value: unknown, column: Column): unknown {
  if (value === undefined || value === null) return null;
  switch (column.type) {
    case "int":
      return typeof value === "number" && Number.isInteger(value) ? asInt64(value) : null;
    case "bool":
      return typeof value === "boolean" ? value : null;
    case "timestamp": {
      const at = typeof value === "string" ? new Date(value) : null;
      return at && !Number.isNaN(at.getTime()) ? at : null;
    }
    case "json":
      return value;
    case "text":
      return textOf(value, column);
    case "text[]":
      return Array.isArray(value) ? value.map((part) => textOf(part, { ...column, type: "text" })) : null;
  }
}

function asInt64(value: number): bigint | null {
  const whole = BigInt(value);
  return BigInt.asIntN(64, whole) === whole ? whole : null;
}
