import type { FrontProxy } from "./instance";

/** One server with a fault. Without a proxy it is a healthy Bitbucket. */
export type FaultRow = readonly [path: string, note: string, proxy?: FrontProxy];
