import { expect, it } from "vitest";
import { readableMessage } from "./log";

it("42 the log escapes terminal codes and direction marks in text from servers and users", () => {
  const said = "Server said \u001b[31mred\u001b[0m \u202Egnp.exe\u0007 <b>=1+1</b>\r\nSecond line";
  const message = readableMessage(new Error(said));
  expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(message).toContain("\\u{1b}[31mred");
  expect(message).toContain("\\u{202e}gnp.exe");
});

it("what an error says of parameters and one-time tokens is left out", () => {
  const token = "x".repeat(43);
  expect(readableMessage(new Error("Failed query: select $1\nparams: secret"))).toBe(
    "Failed query: select $1",
  );
  expect(readableMessage(new Error(`no page at /invitations/${token}`))).toBe(
    "no page at /invitations/[token]",
  );
});
