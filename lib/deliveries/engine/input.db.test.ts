import { expect, it } from "vitest";
import { uploads } from "@/drizzle/schema";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { anUpload } from "@/lib/testing/destinations";
import { readAgain, readInput } from "./input";

it("the rows of a CSV file are read in the types of their columns, as the wizard shows them", () =>
  withRollback(async (db) => {
    const owner = await ownerOfCredentials(db);
    const id = await anUpload(db, owner, [
      { pr: "4", isFixed: "true", text: "4" },
      { pr: "5", isFixed: "false", text: "x" },
    ]);
    const types = { pr: "int", isFixed: "bool", text: "text" } as const;
    const columns = Object.entries(types).map(([name, type]) => ({ name, type }));
    await db.update(uploads).set({ format: "csv", columns });
    const reader = { owner, input: { kind: "upload", id } } as const;
    const [first, second] = [
      { pr: 4, isFixed: true, text: "4" },
      { pr: 5, isFixed: false, text: "x" },
    ];
    expect(await readInput(db, reader, { after: 0, until: 1, limit: 10 })).toEqual([
      { at: 1, record: "1", data: first },
    ]);
    expect(await readInput(db, reader, { after: 1, until: 9, limit: 10 })).toEqual([
      { at: 2, record: "2", data: second },
    ]);
    expect(await readAgain(db, reader, ["2", "7", "x"])).toEqual(new Map([["2", second]]));
  }));
