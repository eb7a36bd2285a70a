import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { TileGroups } from "@/lib/credentials/types";

/** The servers to choose from, by their values in the address; with what the address says, if it is none of them. */
export function serverOptions(
  servers: NonNullable<TileGroups["servers"]>,
  server: string | null,
): Readonly<Record<string, string>> {
  const options = Object.fromEntries(
    servers.map(({ id, baseUrl }) => [id, baseUrl.replace(/^https:\/\//, "")]),
  );
  return server === null || server in options ? options : { ...options, [server]: server };
}

type Props = {
  /** Null if they are too many to choose from. */
  servers: TileGroups["servers"];
  /** What the address says: a server's id, or a part of its base URL. */
  server: string | null;
};

/** A choice of servers; of too many, a part of the address. */
export function ServerFilter({ servers, server }: Props) {
  if (servers === null) {
    return (
      <Field
        label="Server"
        name="server"
        maxLength={100}
        autoComplete="off"
        defaultValue={server ?? ""}
        placeholder="Part of its address"
      />
    );
  }
  return (
    <Select label="Server" name="server" defaultValue={server ?? ""}>
      <option value="">All</option>
      {Object.entries(serverOptions(servers, server)).map(([id, address]) => (
        <option key={id} value={id}>
          {address}
        </option>
      ))}
    </Select>
  );
}
