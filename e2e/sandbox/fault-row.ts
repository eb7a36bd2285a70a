import type { Front } from "./instance";

/** One server with a fault. Without a front it is a healthy Bitbucket. */
export type FaultRow = readonly [path: string, note: string, front?: Front];
