import { expect, test } from "vitest";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { serveHttp, serveTcp } from "@/lib/testing/servers";
import { checkCredential } from "./check";
import { expectsHttp } from "./expects-http";

const egress = {
  policy: { mode: "open", allow: [], loopback: true },
  limits: { connectMs: 1_000, headersMs: 1_000, totalMs: 2_000, bodyBytes: 64 * 1024 },
} as const;
const signIn = { scheme: "bearer", apiKey: Secret.of("canary-key"), expectedAccount: null } as const;

test("https typed for a port that speaks plain http asks for http where the portal allows it, and sends no key", async () => {
  const heard: string[] = [];
  const server = await serveHttp((request, response) => {
    heard.push(`${request.method} ${request.url} ${request.headers.authorization ?? "nobody"}`);
    response.end("{}");
  });
  const origin = `https://127.0.0.1:${server.port}`;
  const outcome = await checkCredential(egress, { baseUrl: baseUrlAt(`${origin}/stash`), signIn });
  expect(outcome).toMatchObject({ kind: "failed", step: "certificate", reason: "HTTP_EXPECTED" });
  expect(heard).toEqual(["GET /status nobody"]);

  const asking = { ...egress, signal: AbortSignal.timeout(5000) };
  const strict = { ...egress.policy, loopback: false };
  expect(await expectsHttp(strict, origin, asking)).toBe(false);
  expect(await expectsHttp(egress.policy, origin.replace("https", "http"), asking)).toBe(false);
  expect(heard).toHaveLength(1);
  await server.close();
});

test("https typed for a port that speaks neither does not suggest http", async () => {
  const server = await serveTcp((socket) => void socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
  const outcome = await checkCredential(egress, {
    baseUrl: baseUrlAt(`https://127.0.0.1:${server.port}`),
    signIn,
  });
  await server.close();
  expect(outcome).toMatchObject({ kind: "failed", reason: "HTTP_ONLY_SERVER" });
});
