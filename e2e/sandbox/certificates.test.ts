import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls, type PeerCertificate } from "node:tls";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sandboxAccounts } from "./accounts";
import { ask, basic } from "./ask";
import { writeCaFile } from "./ca-file";
import { certificateServers } from "./certificate-servers";
import { type Sandbox, startSandbox } from "./start";

const { jane } = sandboxAccounts;
const properties = "/rest/api/1.0/application-properties";
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const portOf = (name: string) => Number(new URL(sandbox.url(name)).port);

/** The certificate that a server shows, trusted or not. */
function shownBy(
  name: string,
): Promise<{ certificate: PeerCertificate; error: unknown; protocol: string | null }> {
  return new Promise((resolve, reject) => {
    const socket = connectTls(
      {
        port: portOf(name),
        host: "localhost",
        ca: sandbox.caCertificate,
        rejectUnauthorized: false,
        minVersion: "TLSv1",
        ciphers: "DEFAULT@SECLEVEL=0",
      },
      () => {
        const { authorizationError: error } = socket;
        resolve({ certificate: socket.getPeerCertificate(), error, protocol: socket.getProtocol() });
        socket.destroy();
      },
    );
    socket.once("error", reject);
  });
}

const refusals: readonly (readonly [name: string, code: string | null])[] = [
  ["tls:good", null],
  ["tls:expired", "CERT_HAS_EXPIRED"],
  ["tls:not-yet-valid", "CERT_NOT_YET_VALID"],
  ["tls:wrong-host", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ["tls:self-signed", "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ["tls:incomplete-chain", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  ["tls:ends-soon", null],
  ["tls:old", null],
  ["tls:expired-intermediate", "CERT_HAS_EXPIRED"],
  ["tls:early-intermediate", "CERT_NOT_YET_VALID"],
  ["tls:expired-authority", "CERT_HAS_EXPIRED"],
];
const wantingCertificates = ["tls:client-certificate-12", "tls:client-certificate-13"];

test.each(refusals)("%s is refused despite a trusted authority, for %s", async (name, code) => {
  const { error } = await shownBy(name);
  expect(error instanceof Error && "code" in error ? error.code : error).toBe(code);
});

test("every certificate has its row in that table", () => {
  const listed = [...refusals.map(([name]) => name), ...wantingCertificates];
  expect(listed).toEqual(certificateServers.map(({ name }) => name));
});

test.each(wantingCertificates)("%s refuses callers without a certificate", async (name) => {
  const asking = ask(sandbox.url(name) + properties, { ca: sandbox.caCertificate });
  await expect(asking).rejects.toThrow();
  expect(sandbox.journal()).toEqual([]);
});

test("tls:ends-soon has twenty days left, and tls:old speaks TLS 1.1", async () => {
  const { certificate } = await shownBy("tls:ends-soon");
  expect((Date.parse(certificate.valid_to) - Date.now()) / 86_400_000).toBeCloseTo(20, 1);
  expect((await shownBy("tls:old")).protocol).toBe("TLSv1.1");
});

test("each https server is a healthy Bitbucket with its own address and journal", async () => {
  const authorization = basic(jane.name, jane.password);
  const reply = await ask(`${sandbox.url("tls:good")}/rest/api/1.0/users/${jane.name}`, {
    authorization,
    ca: sandbox.caCertificate,
  });
  expect(reply.json).toMatchObject({
    links: { self: [{ href: `${sandbox.url("tls:good")}/users/jcitizen` }] },
  });
  expect(sandbox.journal()).toMatchObject([
    { instance: "tls:good", outcome: "accepted", account: jane.name },
  ]);
  expect(sandbox.journal({ instance: "/" })).toEqual([]);
});

test("the authority can sign, differs at every start, and is available as PEM in three ways", async () => {
  const authority = new X509Certificate(sandbox.caCertificate);
  expect(authority.ca).toBe(true);
  const other = await startSandbox();
  expect(other.caCertificate).not.toBe(sandbox.caCertificate);
  await other.close();

  expect((await ask(`${sandbox.consoleUrl}/ca.pem`)).text).toBe(sandbox.caCertificate);
  const folder = await mkdtemp(join(tmpdir(), "sandbox-ca-"));
  const path = await writeCaFile(sandbox, join(folder, "new", "ca.pem"));
  expect(await readFile(path, "utf8")).toBe(sandbox.caCertificate);
  await rm(folder, { recursive: true });
});

test("the server survives an aborted handshake and http on its https port", async () => {
  await expect(ask(sandbox.url("tls:good") + properties)).rejects.toThrow();
  await expect(ask(`http://localhost:${portOf("tls:good")}/`)).rejects.toThrow();
  expect((await ask(sandbox.url("tls:good") + properties, { ca: sandbox.caCertificate })).status).toBe(200);
});

test("the console is not served over https", async () => {
  const reply = await ask(`${sandbox.url("tls:good")}/_sandbox/journal.json`, { ca: sandbox.caCertificate });
  expect(reply.status).toBe(302);
});

test("the SSH port sends an SSH greeting and closes other connections", async () => {
  const said = await new Promise<string>((resolve, reject) => {
    const socket = connect(sandbox.sshPort, "localhost", () => socket.write("GET / HTTP/1.1\r\n\r\n"));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString();
    });
    socket.once("error", reject);
    socket.once("close", () => resolve(text));
  });
  expect(said).toMatch(/^SSH-2\.0-.*\r\nProtocol mismatch\.\r\n$/);
});

test("the ports follow the sandbox's own, and an occupied one is replaced by a free one", async () => {
  const first = await startFrom(0);
  const port = Number(new URL(first.origin).port);
  await first.close();
  const again = await startFrom(port);
  const next = await startFrom(port + 20);
  const portsOf = (one: Sandbox) => certificateServers.map(({ name }) => Number(new URL(one.url(name)).port));
  const wanted = certificateServers.map((_, index) => port + index + (index < 8 ? 1 : 2));
  // Another process on this machine may use some of them.
  expect(portsOf(again).filter((one) => wanted.includes(one)).length).toBeGreaterThanOrEqual(4);
  expect(new Set([...portsOf(again), ...portsOf(next), again.sshPort, next.sshPort]).size).toBe(
    2 * (certificateServers.length + 1),
  );
  await Promise.all([again.close(), next.close()]);
});

function startFrom(port: number): Promise<Sandbox> {
  return startSandbox({ port });
}
