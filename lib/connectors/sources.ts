import "server-only";
import { bitbucketPickers } from "./bitbucket-server/reading/pickers";
import { bitbucketReader } from "./bitbucket-server/reading/reader";
import { bitbucketRightProof } from "./bitbucket-server/reading/right-proof";
import { openBitbucketSource } from "./bitbucket-server/source";
import type { CheckEgress, CheckTarget } from "./connector";
import type { ConnectorKind } from "./kinds";
import type { RightProof } from "./rehearsal";
import type { OpenedSource, Pickers } from "./source";
import type { StreamReader } from "./stream-reader";

export type { OpenedSource, Pickers, SourceConnection } from "./source";

type SourceParts = {
  readonly reader: StreamReader;
  readonly open: (egress: CheckEgress, target: CheckTarget) => Promise<OpenedSource>;
  readonly pickers: Pickers;
  readonly rightProof: RightProof;
};

const sources: Readonly<Record<ConnectorKind, SourceParts>> = {
  "bitbucket-server": {
    reader: bitbucketReader,
    open: openBitbucketSource,
    pickers: bitbucketPickers,
    rightProof: bitbucketRightProof,
  },
};

/** How sources of a kind are read: a pure state machine, which chooses by the settings' stream. */
export function readerOf(kind: ConnectorKind): StreamReader {
  return sources[kind].reader;
}

/** Opens a connection for reading with a credential. Never throws; the caller must close the source. */
export function openSource(
  kind: ConnectorKind,
  egress: CheckEgress,
  target: CheckTarget,
): Promise<OpenedSource> {
  return sources[kind].open(egress, target);
}

/** The calls with which projects and repositories are chosen. */
export function pickersOf(kind: ConnectorKind): Pickers {
  return sources[kind].pickers;
}

/** How it is found out, without writing, whether an account may write somewhere. */
export function rightProofOf(kind: ConnectorKind): RightProof {
  return sources[kind].rightProof;
}
