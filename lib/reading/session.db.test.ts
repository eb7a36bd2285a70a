import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { AnswerMeaning } from "@/lib/connectors/stream-reader";
import { addCredential } from "@/lib/credentials/mutations";
import { findCredentialTile } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import { takeServerSlot } from "@/lib/server-shares/slots";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { withSourceSession } from "./session";

let db: Db;
let owner: Actor;
beforeAll(async () => {
  db = await ownDatabase();
  owner = await ownerOfCredentials(db);
});

let servers = 0;
async function aStored() {
  servers += 1;
  const baseUrl = baseUrlAt(`https://bitbucket${servers}.example.com`);
  return addCredential(db, owner, aCredential({ name: `Credential ${servers}`, baseUrl }));
}

/** A session that makes two calls, at a server that answers so; and how many calls were sent. */
async function twoCalls(credentialId: string, answer: AnswerMeaning, as = owner) {
  let calls = 0;
  const source = {
    get: async () => {
      calls += 1;
      return answer;
    },
    close: async () => undefined,
  };
  const open = async () => ({ ok: true, source }) as const;
  const call = { path: "/rest/api/1.0/projects", query: {} };
  const result = await withSourceSession(
    db,
    as,
    credentialId,
    async (ask, { serverVersion }) => [(await ask(call)).kind, (await ask(call)).kind, serverVersion],
    { open },
  );
  return { result, calls };
}

describe("a session for a picker or preview", () => {
  it("sends the calls and knows the server", async () => {
    const { result, calls } = await twoCalls(await aStored(), { kind: "body", body: {} });
    expect(result).toEqual({ ok: true, value: ["body", "body", "9.4.3"] });
    expect(calls).toBe(2);
  });

  it("ends with a refused sign-in, in the words of a check, and records it; then nothing is sent", async () => {
    const credentialId = await aStored();
    const refused = await twoCalls(credentialId, { kind: "refused", reason: "SECRET_REJECTED" });
    expect(refused.calls).toBe(1);
    expect(refused.result).toMatchObject({
      ok: false,
      failure: { title: "User name or password is not right" },
    });
    expect(await findCredentialTile(db, owner, credentialId)).toMatchObject({ status: "rejected" });
    const heldBack = await twoCalls(credentialId, { kind: "body", body: {} });
    expect(heldBack.calls).toBe(0);
    expect(heldBack.result).toMatchObject({ ok: false });
  });

  it("keeps from asking for as long as the server asked to wait", async () => {
    const credentialId = await aStored();
    const limited = await twoCalls(credentialId, { kind: "wait", seconds: 60, why: "rate-limit" });
    expect(limited.calls).toBe(1);
    const again = await twoCalls(credentialId, { kind: "body", body: {} });
    expect(again.calls).toBe(0);
    expect(again.result).toMatchObject({
      ok: false,
      failure: { cure: expect.stringMatching(/^The server asks to wait/) },
    });
  });

  it("ends with the server's words where it refuses the request", async () => {
    const failed: AnswerMeaning = { kind: "failed", reason: "BAD_REQUEST", words: "No such filter." };
    const { result, calls } = await twoCalls(await aStored(), failed);
    expect(calls).toBe(1);
    expect(result).toMatchObject({ ok: false, failure: { cure: "It says: No such filter." } });
  });

  it("is only for those who may use the credential", async () => {
    const stranger = await somebody(db);
    await expect(twoCalls(await aStored(), { kind: "body", body: {} }, stranger)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("takes a run's slot, and gives it back", async () => {
    const credentialId = await aStored();
    const server = `https://bitbucket${servers}.example.com`;
    await twoCalls(credentialId, { kind: "body", body: {} });
    expect(await takeServerSlot(db, server, "run")).not.toBeNull();
    expect(await takeServerSlot(db, server, "run")).not.toBeNull();
    expect(await takeServerSlot(db, server, "run")).toBeNull();
  });
});
