import { bitbucketReader } from "@/lib/connectors/bitbucket-server/reading/reader";
import type { SourceSettings } from "@/lib/connectors/streams";
import { emptyState, type ReadState, readStream } from "./read-stream";
import { type FakeRepository, streamServer } from "./stream-server";

/** For tests: settings that read everything of a stream. */
export const everything = (stream: string, parameters: Record<string, string> = {}): SourceSettings => ({
  stream,
  parameters,
  scope: { kind: "everything" },
});

/** For tests: reads from repositories that exist in memory. */
export const read = (
  repositories: readonly FakeRepository[],
  settings: SourceSettings,
  state = emptyState(),
  options = {},
) => readStream(bitbucketReader, settings, streamServer(repositories), state, options);

/** For tests: the keys of a data set's records. */
export const keys = ({ records }: ReadState) => [...records.keys()].sort();
