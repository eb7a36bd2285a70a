import { streams } from "./bitbucket-server/streams/all";
import { refuseParameters } from "./bitbucket-server/streams/parameters";
import { type ConnectorKind, connectorKinds } from "./kinds";
import type { Stream, StreamCatalogue } from "./streams";

// Apart from the registry: the forms of credentials load that in the browser, and need no streams.
const catalogues: Readonly<Record<ConnectorKind, StreamCatalogue>> = {
  "bitbucket-server": { streams, refuseParameters },
};

/** What can be read from a kind of system. */
export function catalogueOf(kind: ConnectorKind): StreamCatalogue {
  return catalogues[kind];
}

/** The streams of a kind, in the order in which the wizard offers them. */
export function streamsOf(kind: ConnectorKind): readonly Stream[] {
  return catalogueOf(kind).streams;
}

/** The label of a stream of any kind; its id where no kind has it any more. */
export function streamLabel(id: string): string {
  for (const kind of connectorKinds) {
    const stream = findStream(kind, id);
    if (stream) return stream.label;
  }
  return id;
}

/** The stream of that id, or null. */
export function findStream(kind: ConnectorKind, id: string): Stream | null {
  return streamsOf(kind).find((stream) => stream.id === id) ?? null;
}
