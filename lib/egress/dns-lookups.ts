import "server-only";
import pLimit from "p-limit";

/**
 * All addresses of a name, for a caller who waits `patienceMs` milliseconds. Rejects with a Node DNS error (`code` ENOTFOUND
 * and so on). Tests bring their own.
 */
export type Resolver = (hostname: string, patienceMs: number) => Promise<readonly string[]>;

/**
 * Each lookup by the system holds one of Node's threads for as long as a name server stays silent, which anybody can have
 * one do. The portal's own database is looked up on the same threads, so some of them stay free: package.json starts Node
 * with sixteen, of which libuv gives eight to lookups.
 */
const atOnce = 4;

/**
 * The same resolver, asked for four names at once: the next ones wait, whoever asks for a name that is under way shares its
 * answer, and what has waited for `patienceMs` milliseconds is not asked any more, because nobody waits for it.
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
