import { describe, expect, it } from "vitest";
import { plainText } from "@/lib/audit/sentences";
import { addCredential } from "@/lib/credentials/mutations";
import { addEndpoint, pauseEndpoint } from "@/lib/endpoints/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { listEndpointHistory } from "./endpoint-history";

const source = { ...aRepositorySource, description: "" };

describe("the History of a source", () => {
  it("shows what happened to it alone, newest first", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await addCredential(db, owner, aCredential());
      const id = await addEndpoint(db, owner, { ...source, credentialId, name: "Commits" });
      await addEndpoint(db, owner, { ...source, credentialId, name: "Another" });
      await pauseEndpoint(db, owner, id);
      const { items } = await listEndpointHistory(db, owner, id, null);
      expect(items.map(({ event }) => event)).toEqual(["flow.paused", "flow.added"]);
      expect(items.every(({ person }) => person?.id === owner.userId)).toBe(true);
    }));

  it("names to a reader neither the hidden credential nor its id, nor addresses and sessions", () =>
    withRollback(async (db) => {
      const [owner, reader] = [await ownerOfCredentials(db), await somebody(db)];
      const credentialId = await addCredential(db, owner, aCredential({ name: "Hidden" }));
      const id = await addEndpoint(db, owner, { ...source, credentialId, name: "Commits" });
      await grantEndpoint(db, owner, id, { userId: reader.userId }, "collaborator");
      const { items } = await listEndpointHistory(db, reader, id, null);
      const added = items.find(({ event }) => event === "flow.added");
      expect(plainText(added?.sentence ?? [])).toContain("(not shared with you)");
      expect(JSON.stringify(items)).not.toContain("Hidden");
      expect(JSON.stringify(items)).not.toContain(credentialId);
      expect(items.every(({ address, sessionId }) => address === null && sessionId === null)).toBe(true);
    }));

  it("is not found for users who do not see the source, as for an unknown one", () =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      const credentialId = await addCredential(db, owner, aCredential());
      const id = await addEndpoint(db, owner, { ...source, credentialId, name: "Commits" });
      const messages = await Promise.all(
        [id, crypto.randomUUID()].map((asked) =>
          listEndpointHistory(db, other, asked, null).then(
            () => "found",
            (error: unknown) => String(error),
          ),
        ),
      );
      expect(messages).toEqual(Array(2).fill(expect.stringContaining("There is no such")));
    }));
});
