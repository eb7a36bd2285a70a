import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EnvironmentError, parseEnvironment } from "./env";

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

  it("asks for MAIL_FROM where there is a mail server, which a file may name", () => {
    const SMTP_URL = "smtps://user:secret@mail.example.com";
    expect(refusal({ SMTP_URL })).toMatch(/MAIL_FROM must be set when SMTP_URL is set/);
    expect(refusal({ SMTP_URL })).not.toContain("secret");
    const file = join(mkdtempSync(join(tmpdir(), "latchkey-")), "smtp");
    writeFileSync(file, `${SMTP_URL}\n`);
    const MAIL_FROM = "Latchkey <latchkey@example.com>";
    expect(parseEnvironment({ SMTP_URL_FILE: file, MAIL_FROM })).toMatchObject({ SMTP_URL, MAIL_FROM });
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
    ["EGRESS_CONNECT_MS", "3s"],
    ["EGRESS_CONNECT_MS", "0"],
    ["EGRESS_LOOK_UP_MS", "31000"],
    ["EGRESS_HEADERS_MS", "-1"],
    ["EGRESS_ANSWER_MS", "1.5"],
    ["EGRESS_CHECK_MS", "600000"],
    ["EGRESS_QUEUE_MS", "never"],
    ["EGRESS_BODY_BYTES", "1 MB"],
    ["EGRESS_HEADER_BYTES", "100"],
    ["WORKER", "on"],
    ["LOG_LEVEL", "loud"],
    ["SMTP_URL", "mail.example.com"],
    ["SMTP_URL", "https://mail.example.com"],
    ["MAIL_FROM", "Latchkey"],
    ["MAIL_FROM", "latchkey@example.com\r\nBcc: all@example.com"],
    ["TRUSTED_PROXIES", "proxy.example.com"],
  ])("names %s when it is %s, and says what would be right", (name, value) => {
    expect(refusal({ [name]: value })).toMatch(new RegExp(`${name} must `));
  });

  it("sets the limits of calls out, each with its default", () => {
    expect(parseEnvironment({})).toMatchObject({
      EGRESS_LOOK_UP_MS: 3_000,
      EGRESS_CONNECT_MS: 3_000,
      EGRESS_HEADERS_MS: 5_000,
      EGRESS_ANSWER_MS: 10_000,
      EGRESS_CHECK_MS: 20_000,
      EGRESS_QUEUE_MS: 10_000,
      EGRESS_BODY_BYTES: 1_048_576,
      EGRESS_HEADER_BYTES: 16_384,
    });
    expect(parseEnvironment({ EGRESS_HEADERS_MS: "9000", EGRESS_HEADER_BYTES: "32768" })).toMatchObject({
      EGRESS_HEADERS_MS: 9_000,
      EGRESS_HEADER_BYTES: 32_768,
    });
  });

  it("refuses a limit that would never be reached, and says beside which", () => {
    expect(refusal({ EGRESS_HEADERS_MS: "11000" })).toContain(
      "EGRESS_HEADERS_MS must not be longer than EGRESS_ANSWER_MS",
    );
    expect(refusal({ EGRESS_ANSWER_MS: "30000" })).toContain(
      "EGRESS_ANSWER_MS must not be longer than EGRESS_CHECK_MS",
    );
    expect(parseEnvironment({ EGRESS_ANSWER_MS: "30000", EGRESS_CHECK_MS: "40000" })).toBeTruthy();
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
