import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EnvironmentError, parseEnvironment } from "@/lib/env";

function refusal(source: Record<string, string>): string {
  try {
    parseEnvironment(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("the environment", () => {
  it("needs nothing at all: every variable has a default or is generated", () => {
    const environment = parseEnvironment({});
    expect(environment).toMatchObject({ PORT: 3000, APP_ORIGIN: "http://localhost:3000", DATA_DIR: ".data" });
  });

  it("lets APP_ORIGIN follow PORT", () => {
    expect(parseEnvironment({ PORT: "8080" }).APP_ORIGIN).toBe("http://localhost:8080");
  });

  it("treats an empty value as unset", () => {
    expect(parseEnvironment({ PORT: "", DATABASE_URL: "" })).toMatchObject({ PORT: 3000 });
  });

  it.each([
    ["PORT", "http"],
    ["PORT", "70000"],
    ["APP_ORIGIN", "https://latchkey.example.com/"],
    ["APP_ORIGIN", "latchkey.example.com"],
    ["DATABASE_URL", "mysql://localhost/latchkey"],
    ["AUTH_SECRET", "short"],
    ["SIGN_UP", "yes"],
    ["EGRESS_MODE", "none"],
    ["EGRESS_LOOPBACK", "true"],
    ["WORKER", "on"],
    ["LOG_LEVEL", "loud"],
  ])("names %s when it is %s, and says what would be right", (name, value) => {
    expect(refusal({ [name]: value })).toMatch(new RegExp(`${name} must `));
  });

  it("names every wrong variable at once", () => {
    const message = refusal({ PORT: "x", SIGN_UP: "maybe" });
    expect(message).toContain("PORT");
    expect(message).toContain("SIGN_UP");
  });

  it("never repeats a wrong value, which may be a secret typed under the wrong name", () => {
    expect(refusal({ AUTH_SECRET: "canary-value" })).not.toContain("canary-value");
  });

  it("demands both keys with a database server, where none can be generated safely", () => {
    const message = refusal({ DATABASE_URL: "postgres://localhost/latchkey" });
    expect(message).toContain("AUTH_SECRET");
    expect(message).toContain("SECRET_KEYS");
  });

  it("reads a value from the file that NAME_FILE names", () => {
    const file = join(mkdtempSync(join(tmpdir(), "latchkey-env-")), "auth-secret");
    writeFileSync(file, `${"a".repeat(40)}\n`);
    expect(parseEnvironment({ AUTH_SECRET_FILE: file }).AUTH_SECRET).toBe("a".repeat(40));
  });

  it("names a NAME_FILE that cannot be read", () => {
    expect(refusal({ AUTH_SECRET_FILE: "/nowhere/at/all" })).toContain("AUTH_SECRET_FILE");
  });
});
