import { afterAll, beforeAll, expect, test } from "vitest";
import type { SignIn } from "@/lib/connectors/types";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { serveTcp } from "@/lib/testing/servers";
import { makeSilentPort, type SilentPort } from "@/lib/testing/silent-port";
import { checkCredential } from "./check";

const connectMs = 600;
const signIn: SignIn = { scheme: "bearer", apiKey: Secret.of("canary-key"), expectedAccount: null };

let silent: SilentPort;
beforeAll(async () => {
  const made = await makeSilentPort();
  if (!made) throw new Error("this system has no silent ports to compare with");
  silent = made;
}, 20_000);
afterAll(() => silent.close());

async function scan(port: number, scheme: "http" | "https") {
  const policy = { mode: "open", allow: [], loopback: true } as const;
  const details: string[] = [];
  const began = performance.now();
  const outcome = await checkCredential(
    { policy, limits: { connectMs } },
    { baseUrl: baseUrlAt(`${scheme}://127.0.0.1:${port}`), signIn },
    { onFailure: ({ detail }) => details.push(detail) },
  );
  const steps = outcome.steps.map(({ durationMs, ...step }) => ({
    ...step,
    timed: durationMs !== null && step.name !== "address" && step.name !== "name",
  }));
  return { told: { ...outcome, steps }, details, ms: performance.now() - began };
}

test.each(["http", "https"] as const)(
  "29 a port that refuses and one that drops everything are told alike over %s, in words, steps and time",
  async (scheme) => {
    const closed = await serveTcp(() => undefined);
    await closed.close();
    const [refused, dropped] = [await scan(closed.port, scheme), await scan(silent.port, scheme)];
    expect(refused.told).toEqual(dropped.told);
    expect(refused.told).toMatchObject({ step: "connection", reason: "UNREACHABLE" });
    expect(refused.told.steps.some(({ timed }) => timed)).toBe(false);
    // A refusal is known at once, but delayed until a drop would be noticed: an earlier answer would reveal it.
    for (const { ms } of [refused, dropped]) expect(ms).toBeGreaterThan(connectMs - 20);
    // The two did differ: the portal's log, which only its operator reads, says how.
    expect([refused.details, dropped.details]).toEqual([
      ["connection ECONNREFUSED"],
      ["connection time limit"],
    ]);
  },
);
