import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { deliveries, runs } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";
import type { FieldMapping, WritingSettings } from "@/lib/mapping/types";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aFilledSource, anUpload, commentWriting } from "@/lib/testing/destinations";
import { aDestinationOf, credentialAt } from "@/lib/testing/rehearsals";
import { placesOf } from "./places";

const column = (name: string): FieldMapping => ({ from: "column", column: name });

async function named(
  db: Db,
  writing: WritingSettings,
  input: { sourceId?: string; uploadId?: string },
  id: string = randomUUID(),
) {
  const { sourceId = null, uploadId = null } = input;
  const from = { inputSourceId: sourceId, inputUploadId: uploadId };
  const places = await placesOf(db, { id, connector: "bitbucket-server", writing, ...from });
  return places.map(({ project, repository }) => `${project} ${repository}`).toSorted();
}

describe("the places that a destination writes to", () => {
  it("are those that its records name, each once, whatever the case", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const mapping = {
        ...commentWriting.mapping,
        project: column("project"),
        repository: { from: "text", text: "{{team}}-{{app}}" } as const,
      };
      const writing = { ...commentWriting, mapping };
      const rows = [
        { project: "SHOP", team: "a", app: "b" },
        { project: "shop", team: "A", app: "b" },
        { project: "PAY", team: "c", app: "d" },
        { project: null, team: "e", app: "f" },
        { project: "PAY" },
      ];
      const uploadId = await anUpload(db, owner, rows);
      const records = rows.map((data, at) => ({ key: `${at}`, data }));
      const { sourceId } = await aFilledSource(db, owner, records);
      for (const input of [{ uploadId }, { sourceId }]) {
        const places = await named(db, writing, input);
        expect(places.map((one) => one.toLowerCase())).toEqual(["pay c-d", "shop a-b"]);
      }
      expect(await named(db, writing, {})).toEqual([]);
    }));

  it("are whole projects where a repository is optional and not given", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const uploadId = await anUpload(db, owner, [{ p: "PAY", r: "ledger" }, { p: "PAY" }]);
      const mapping = { project: column("p"), repository: column("r") };
      const writing = { ...commentWriting, action: "grant-right", mapping };
      expect(await named(db, writing, { uploadId })).toEqual(["PAY ledger", "PAY null"]);
      const ofProjects = { ...writing, mapping: { project: column("p") } };
      expect(await named(db, ofProjects, { uploadId })).toEqual(["PAY null"]);
    }));

  it("are also those of its last run, though its records name others now", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await credentialAt(db, owner, "https://bitbucket.example.com");
      const endpointId = await aDestinationOf(db, owner, credentialId, "Comments", ["SHOP/storefront"]);
      const [id, passId] = [randomUUID(), randomUUID()];
      const run = {
        id,
        passId,
        endpointId,
        mode: "all",
        kind: "write",
        trigger: "user",
        state: "succeeded",
      } as const;
      await db.insert(runs).values(run);
      const values = { project: "PAY", repository: "ledger" };
      const bare = {
        key: "",
        record: "1",
        target: "",
        state: "sent",
        hash: Buffer.from(""),
        input: {},
      } as const;
      await db.insert(deliveries).values({ runId: id, number: 1, values, ...bare });
      const constants = { project: "SHOP", repository: "checkout" };
      const mapping: Record<string, FieldMapping> = {};
      for (const [name, value] of Object.entries(constants)) mapping[name] = { from: "constant", value };
      const places = await named(db, { ...commentWriting, mapping }, {}, endpointId);
      expect(places).toEqual(["PAY ledger", "SHOP checkout"]);
    }));
});
