import "server-only";
import pLimit from "p-limit";

/**
 * All addresses of a name, for a caller who waits `patienceMs` milliseconds. Rejects with a Node DNS error (`code`
 * ENOTFOUND and so on). Tests pass their own.
 */
export type Resolver = (hostname: string, patienceMs: number) => Promise<readonly string[]>;

/**
 * A system lookup holds one of Node's threads while a name server is silent, which any user can provoke. The portal's
 * database is resolved on the same threads, so some must stay free: package.json starts Node with sixteen, of which
 * libuv gives eight to lookups.
 */
const atOnce = 4;

/**
 * A queue in front of the resolver: four names at once; requests for a name in progress share its answer; a request
 * that has waited `patienceMs` milliseconds is dropped, because its caller has given up.
 */
export function lookupQueue(resolve: (hostname: string) => ReturnType<Resolver>): Resolver {
  const turn = pLimit(atOnce);
  const underWay = new Map<string, Promise<readonly string[]>>();
  return (hostname, patienceMs) => {
    const same = underWay.get(hostname);
    if (same) return same;
    const from = performance.now();
    const answer = turn(() => {
      if (performance.now() - from > patienceMs)
        throw Object.assign(new Error("too late"), { code: "ETIMEOUT" });
      return resolve(hostname);
    }).finally(() => underWay.delete(hostname));
    underWay.set(hostname, answer);
    return answer;
  };
}
