import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";
import { sendMail } from "./send";

let server: TestMailServer;
beforeEach(async () => {
  server = await startMailServer();
});
afterEach(() => server.close());

const mail = {
  ...{ id: "message-1", to: "kim@example.com", subject: "A server cannot be reached" },
  ...{ text: "Plain text", html: "<p>HTML</p>" },
};
const from = "Latchkey <latchkey@example.com>";
const at = (host: string, user = "") => ({ url: `smtp://${user}${host}:${server.port}`, from });

describe("an e-mail", () => {
  it("goes to its one recipient as plain text and HTML, under an id that stays", async () => {
    expect(await sendMail(at("127.0.0.1"), mail)).toEqual({ ok: true, status: 250 });
    expect(server.mails).toHaveLength(1);
    const [{ to, data } = { to: "", data: "" }] = server.mails;
    expect(to).toBe("kim@example.com");
    expect(data).toMatch(/^From: Latchkey <latchkey@example.com>$/m);
    expect(data).toMatch(/^Subject: A server cannot be reached$/m);
    expect(data).toMatch(/^Message-ID: <message-1@example.com>$/m);
    expect(data).toMatch(/Content-Type: text\/plain[\s\S]*Plain text[\s\S]*text\/html[\s\S]*<p>HTML<\/p>/);
  });

  it("has no second recipient or header, whatever an address or title holds", async () => {
    const hostile = {
      ...mail,
      to: "kim@example.com, eve@example.com",
      subject: "One\r\nBcc: eve@example.com",
    };
    await sendMail(at("127.0.0.1"), hostile);
    expect(server.lines.filter((line) => line.startsWith("RCPT")).length).toBeLessThan(2);
    expect(server.mails[0]?.data ?? "").not.toMatch(/^Bcc:/m);
  });

  it.each([
    ["RCPT", "550 No such user", "unknown-recipient", 550],
    ["RCPT", "450 Try later", "refused", 450],
    [".", "554 Refused", "refused", 554],
    ["AUTH", "535 Wrong", "sign-in-refused", 535],
  ])("that is refused at %s with %s says so", async (command, answer, failure, status) => {
    server.answers.set(command, answer);
    expect(await sendMail(at("127.0.0.1", "user:password@"), mail)).toEqual({ ok: false, failure, status });
  });

  it("to a server that is not there says so", async () => {
    const { port } = server;
    await server.close();
    const result = await sendMail({ url: `smtp://127.0.0.1:${port}`, from }, mail);
    expect(result).toEqual({ ok: false, failure: "unreachable", status: null });
    server = await startMailServer();
  });

  it("shows the password to no server without encryption, except on this machine", async () => {
    const result = await sendMail(at("127.0.0.2", "user:password@"), mail);
    expect(result).toMatchObject({ ok: false });
    expect(server.lines.filter((line) => line.startsWith("AUTH"))).toEqual([]);
    expect(server.mails).toEqual([]);
  });
});
