import "server-only";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { openSource, readerOf } from "@/lib/connectors/sources";

/** How the engine reads: the connectors' own, or a test's. */
export type Reading = {
  readonly readerOf: typeof readerOf;
  readonly openSource: typeof openSource;
  /** True for a stream of which each run reads everything. */
  readonly isSnapshot: (kind: ConnectorKind, stream: string) => boolean;
};
