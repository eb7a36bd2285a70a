// autocannon ships no types; these are the few that `load.ts` uses.
declare module "autocannon" {
  import type { EventEmitter } from "node:events";

  type Options = { url: string; connections: number; duration: number; headers: Record<string, string> };
  type Result = { errors: number; timeouts: number; duration: number };
  /** Emits "response" for each response, with client, status code, bytes and milliseconds. */
  type Run = EventEmitter & Promise<Result>;

  export default function autocannon(options: Options): Run;
}
