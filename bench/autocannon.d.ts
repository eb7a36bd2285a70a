// autocannon ships no types; these are the few that the benchmarks use.
declare module "autocannon" {
  import type { EventEmitter } from "node:events";

  type Options = {
    url: string;
    connections: number;
    headers: Record<string, string>;
    /** Sent in turn, over and over. */
    requests?: { path: string }[];
  } & ({ duration: number } | { amount: number });
  type Result = { errors: number; timeouts: number; duration: number; "5xx": number };
  /** Emits "response" for each response, with client, status code, bytes and milliseconds. */
  type Run = EventEmitter & Promise<Result>;

  export default function autocannon(options: Options): Run;
}
