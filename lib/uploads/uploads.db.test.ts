import { Readable } from "node:stream";
import { count, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, endpoints, uploadRows, uploads } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aWritingDestination } from "@/lib/testing/destinations";
import { BrokenFormError } from "./multipart";
import { completeUpload } from "./mutations";
import { findUpload, findUploadRefusal } from "./queries";
import { receiveUpload } from "./receive";
import { beginUpload, dropUpload, refuseUpload, storeUploadRows } from "./receiving";
import { forgetUnusedUploads } from "./retention";
import { readUploadRows } from "./stored-file";
import { takeUploadForm } from "./take-form";

const page = "/destinations/new/bitbucket-server/data?action=x";

async function* chunksOf(text: string, size = 1000) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function formOf(name: string, content: string, returnTo = page): string {
  const parts = [
    `--b\r\nContent-Disposition: form-data; name="returnTo"\r\n\r\n${returnTo}`,
    `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n${content}`,
  ];
  return `${parts.join("\r\n")}\r\n--b--\r\n`;
}

function post(db: Db, actor: Actor, body: string) {
  return takeUploadForm(db, actor, "multipart/form-data; boundary=b", Readable.from(chunksOf(body)));
}

async function rowsLeft(db: Db): Promise<number> {
  const [row] = await db.select({ rows: count() }).from(uploadRows);
  return row?.rows ?? -1;
}

function idIn(address: string, name: string): string {
  return new URLSearchParams(address.split("?")[1]).get(name) ?? "";
}

describe("an uploaded file", () => {
  it("is taken whole, typed, with an event of counts, and found by its owner alone", () =>
    withRollback(async (db) => {
      const owner = await somebody(db);
      const address = await post(db, owner, formOf("C:\\tmp\\comments.csv", "pr;text\r\n1;=1+1\r\n20;b\r\n"));
      expect(address).toMatch(/^\/destinations\/new\/bitbucket-server\/data\?action=x&input=upload&upload=/);
      const id = idIn(address, "upload");
      expect(await findUpload(db, owner, id)).toMatchObject({
        name: "comments.csv",
        format: "csv",
        bytes: 23,
        records: 2,
        columns: [
          { name: "pr", type: "int" },
          { name: "text", type: "text" },
        ],
        notes: { separator: ";", formulas: 1 },
      });
      expect(await readUploadRows(db, { uploadId: id, after: 1, limit: 5 })).toEqual([
        { number: 2, line: 3, data: { pr: 20, text: "b" } },
      ]);
      const [event] = await db
        .select({ subjectId: auditEvents.subjectId, details: auditEvents.details })
        .from(auditEvents)
        .where(eq(auditEvents.event, "upload.received"));
      const details = { name: "comments.csv", format: "csv", bytes: 23, records: 2 };
      expect(event).toEqual({ subjectId: id, details });

      const other = await somebody(db, "administrator");
      expect([await findUpload(db, other, id), await findUpload(db, owner, "x")]).toEqual([null, null]);
    }));

  it("is not touched by another user, whether it was taken or still arrives", () =>
    withRollback(async (db) => {
      const [owner, other] = [await somebody(db), await somebody(db)];
      const taken = idIn(await post(db, owner, formOf("a.csv", "a\n1\n")), "upload");
      const arriving = await beginUpload(db, owner, { name: "b.csv", format: "csv" });
      await storeUploadRows(db, owner, arriving, [{ number: 1, line: 2, data: { a: "1" } }]);
      for (const id of [taken, arriving]) {
        const row = [{ number: 9, line: 10, data: {} }];
        await expect(storeUploadRows(db, other, id, row)).rejects.toMatchObject({ code: "CONFLICT" });
        await refuseUpload(db, other, id, { message: "Refused.", lines: [] });
        await dropUpload(db, other, id);
        const done = { bytes: 1, records: 1, columns: [], notes: { separator: null, formulas: 0 } };
        await expect(completeUpload(db, other, id, done)).rejects.toMatchObject({ code: "CONFLICT" });
      }
      expect(await rowsLeft(db)).toBe(2);
      expect(await findUploadRefusal(db, owner, arriving)).toBeNull();
    }));

  it("with bad lines in its middle is refused with these lines, and nothing of it is kept", () =>
    withRollback(async (db) => {
      const owner = await somebody(db);
      const lines = Array.from({ length: 3000 }, (_, at) => `{"n":${at}}`);
      lines[1500] = "nonsense";
      lines[2500] = '{"n":';
      const address = await post(db, owner, formOf("a.ndjson", lines.join("\n")));
      const id = idIn(address, "uploadError");
      expect(await findUploadRefusal(db, owner, id)).toEqual({
        name: "a.ndjson",
        message: "2 lines are bad. Nothing was kept.",
        lines: [
          { line: 1501, message: "This is no JSON." },
          { line: 2501, message: "This is no JSON." },
        ],
      });
      expect(await rowsLeft(db)).toBe(0);
      expect(await findUpload(db, owner, id)).toBeNull();
      expect(await findUploadRefusal(db, await somebody(db), id)).toBeNull();
      const events = db.select().from(auditEvents).where(eq(auditEvents.event, "upload.received"));
      expect(await events).toEqual([]);
    }));

  it("with more than twenty bad lines is not read further, and one without records or columns is refused", () =>
    withRollback(async (db) => {
      const owner = await somebody(db);
      const refusalOf = async (name: string, content: string) => {
        const { ok, id } = await receiveUpload(db, owner, name, chunksOf(content));
        expect(ok).toBe(false);
        return findUploadRefusal(db, owner, id);
      };
      const bad = await refusalOf("a.ndjson", '{"n":1}\n'.repeat(2000) + "x\n".repeat(30));
      expect(bad?.message).toBe("20 lines are bad; the rest was not read. Nothing was kept.");
      expect(bad?.lines).toHaveLength(20);
      expect(await refusalOf("a.csv", "a,b\n")).toMatchObject({
        message: expect.stringMatching(/no records/),
      });
      const wide = Array.from({ length: 501 }, (_, at) => `"c${at}":1`).join();
      expect(await refusalOf("a.json", `[{${wide}}]`)).toMatchObject({
        lines: [{ line: 1, message: "The file has more than 500 columns." }],
      });
      expect(await refusalOf("a.csv", 'a,b\n1\n1,2\n"x')).toMatchObject({
        lines: [{ line: 4, message: expect.stringMatching(/never closed/) }],
      });
      expect(await rowsLeft(db)).toBe(0);
    }));

  it("leaves nothing if its connection breaks, or if there is no form", () =>
    withRollback(async (db) => {
      const owner = await somebody(db);
      const half = formOf("a.ndjson", '{"n":1}\n'.repeat(5000)).slice(0, 30_000);
      const broken = new Readable({ read() {} });
      broken.push(half);
      setTimeout(() => broken.destroy(new Error("aborted")), 200);
      const taken = takeUploadForm(db, owner, "multipart/form-data; boundary=b", broken);
      await expect(taken).rejects.toThrow(BrokenFormError);
      // Its end without the closing boundary is a broken form, too.
      await expect(post(db, owner, half)).rejects.toThrow(BrokenFormError);
      const json = takeUploadForm(db, owner, "application/json", Readable.from(chunksOf("{}")));
      await expect(json).rejects.toThrow(BrokenFormError);
      const left = await db.select({ id: uploads.id }).from(uploads);
      expect([left, await rowsLeft(db)]).toEqual([[], 0]);
    }));

  it("is asked for again if none was chosen, and returns to no other site", () =>
    withRollback(async (db) => {
      const owner = await somebody(db);
      expect(await post(db, owner, formOf("", ""))).toBe(`${page}&uploadError=no-file`);
      expect(await post(db, owner, formOf("", "", "https://evil.example/destinations"))).toBe(
        "/destinations?uploadError=no-file",
      );
      expect(await post(db, owner, "--b--\r\n")).toBe("/destinations?uploadError=no-file");
      const [first = "", second = ""] = formOf("a.csv", "a\n1\n").split(/(?=--b\r\n)/);
      const turned = `${second.replace("--b--\r\n", "")}${first}--b--\r\n`;
      expect(await post(db, owner, turned)).toMatch(/^\/destinations\/new\/.*&upload=/);
    }));

  it("is forgotten after a day without a destination, and one that broke off after an hour", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const take = async (content: string) =>
        (await receiveUpload(db, owner, "a.ndjson", chunksOf(content))).id;
      const age = (id: string, hours: number) =>
        db
          .update(uploads)
          .set({ createdAt: sql`clock_timestamp() - ${hours} * interval '1 hour'` })
          .where(eq(uploads.id, id));
      const [young, old, used] = [await take('{"a":1}'), await take('{"a":2}'), await take('{"a":3}')];
      const [broken, receiving, refused] = [await take('{"a":4}'), await take('{"a":5}'), await take("x")];
      await aWritingDestination(db, owner, { uploadId: used });
      await age(young, 23);
      await age(old, 25);
      await age(used, 2500);
      await db.update(uploads).set({ completedAt: null }).where(eq(uploads.id, broken));
      await age(broken, 2);
      await db.update(uploads).set({ completedAt: null }).where(eq(uploads.id, receiving));
      await age(refused, 25);
      expect(await forgetUnusedUploads(db, 100)).toBe(3);
      const left = await db.select({ id: uploads.id }).from(uploads);
      expect(left.map(({ id }) => id).sort()).toEqual([young, used, receiving].sort());
      expect(await rowsLeft(db)).toBe(3);
      await db.delete(endpoints);
      expect(await forgetUnusedUploads(db, 100)).toBe(1);
    }));

  it("that was forgotten while it arrived is not completed", () =>
    withRollback(async (db) => {
      const owner = await somebody(db);
      const chunks = (async function* () {
        yield Buffer.from('{"a":1}\n'.repeat(2000));
        await db.delete(uploads);
        yield Buffer.from('{"a":1}\n'.repeat(2000));
      })();
      await expect(receiveUpload(db, owner, "a.ndjson", chunks)).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await rowsLeft(db)).toBe(0);
    }));
});
