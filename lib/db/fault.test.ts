import { describe, expect, it } from "vitest";
import { DiskFullError, databaseFaultOf, SilentDatabaseError } from "./fault";

const coded = (code: string) => Object.assign(new Error("message"), { code });

describe("what an error says of the database", () => {
  it.each([
    "ECONNREFUSED",
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "ENOTFOUND",
    "EAI_AGAIN",
    "08006",
    "53300",
    "57P01",
    "57P02",
    "57P03",
    "57014",
    "58030",
    "28P01",
    "3D000",
    "55000",
    "25P03",
  ])("%s: it cannot be used", (code) => {
    expect(databaseFaultOf(coded(code))).toBe("unavailable");
  });

  it.each([
    "Connection terminated unexpectedly",
    "Connection terminated due to connection timeout",
    "timeout exceeded when trying to connect",
    "Client has encountered a connection error and is not queryable",
    "Query read timeout",
  ])("“%s”, which has no code: it cannot be used", (message) => {
    expect(databaseFaultOf(new Error(message))).toBe("unavailable");
  });

  it("read-only and full disks are distinguished from silence", () => {
    expect(databaseFaultOf(coded("25006"))).toBe("read-only");
    expect(databaseFaultOf(coded("53100"))).toBe("full");
    expect(databaseFaultOf(coded("ENOSPC"))).toBe("full");
    expect(databaseFaultOf(new DiskFullError("no room"))).toBe("full");
    expect(databaseFaultOf(new SilentDatabaseError("no answer"))).toBe("unavailable");
  });

  it("is found behind the words that others put around it", () => {
    expect(databaseFaultOf(new Error("Failed query: select 1", { cause: coded("57P01") }))).toBe(
      "unavailable",
    );
  });

  it.each(["23505", "40P01", "40001", "22P02", "42P01", "P0001", ""])(
    "%s is a matter of the statement",
    (code) => {
      expect(databaseFaultOf(coded(code))).toBeNull();
    },
  );

  it("values other than errors are no fault", () => {
    for (const thrown of [undefined, null, "ECONNREFUSED", { code: "ECONNREFUSED" }]) {
      expect(databaseFaultOf(thrown)).toBeNull();
    }
  });
});
