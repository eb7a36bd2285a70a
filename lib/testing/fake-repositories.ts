import type { FakeServer } from "./fake-source";

/** A repository of the stand-in with so many records. */
export function repository(id: string, count: number, label = `SHOP/${id}`) {
  return { id, label, records: Array.from({ length: count }, (_, at) => `r${at}`) };
}

/** The keys of all records that the stand-in holds. */
export function keysIn(server: FakeServer): string[] {
  return server.repositories
    .flatMap(({ id, records }) => records.map((name) => `${id}/${name.split("=")[0]}`))
    .toSorted();
}
