import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A certificate made for one run of the tests or of the sandbox, with its key, which is never stored. */
export type TestCertificate = {
  readonly cert: string;
  readonly key: string;
  readonly name: string;
  readonly privateKey: KeyObject;
};

export type TestCertificateOptions = {
  readonly name: string;
  /** Names and IPv4 addresses that the certificate is for. */
  readonly hosts?: readonly string[];
  /** Whole days from now; negative lies in the past. */
  readonly days?: readonly [from: number, to: number];
  /** Signs itself when left out. */
  readonly issuer?: TestCertificate;
  readonly isAuthority?: boolean;
};

/** Builds an X.509 v3 certificate (RFC 5280) by hand, since tests and sandbox may rely on Node.js and npm alone. */
export function makeCertificate(options: TestCertificateOptions): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { issuer, name, hosts = [], days = [-1, 365], isAuthority = false } = options;
  const spki = publicKey.export({ type: "spki", format: "der" });
  const serial = createHash("sha256").update(spki).digest().subarray(0, 8);
  const tbs = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), serial])),
    ecdsaWithSha256,
    distinguishedName(issuer?.name ?? name),
    sequence(time(days[0]), time(days[1])),
    distinguishedName(name),
    spki,
    tagged(0xa3, sequence(...extensions(hosts, isAuthority))),
  );
  const signature = sign("sha256", tbs, issuer?.privateKey ?? privateKey);
  const der = sequence(tbs, ecdsaWithSha256, tagged(0x03, Buffer.from([0]), signature));
  return {
    cert: pem(der),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    name,
    privateKey,
  };
}

function extensions(hosts: readonly string[], isAuthority: boolean): Buffer[] {
  const constraints = extension("551d13", true, sequence(...(isAuthority ? [boolean(true)] : [])));
  if (hosts.length === 0) return [constraints];
  const names = hosts.map((host) =>
    /^[\d.]+$/.test(host)
      ? tagged(0x87, Buffer.from(host.split(".").map(Number)))
      : tagged(0x82, Buffer.from(host, "ascii")),
  );
  return [constraints, extension("551d11", false, sequence(...names))];
}

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const head = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...parts: readonly Buffer[]) => tagged(0x30, ...parts);
const integer = (bytes: Buffer) => tagged(0x02, bytes);
const boolean = (value: boolean) => tagged(0x01, Buffer.from([value ? 0xff : 0]));
const objectId = (hex: string) => tagged(0x06, Buffer.from(hex, "hex"));
const ecdsaWithSha256 = sequence(objectId("2a8648ce3d040302"));

function distinguishedName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(objectId("550403"), tagged(0x0c, Buffer.from(name, "utf8")))));
}

function extension(oid: string, critical: boolean, content: Buffer): Buffer {
  return sequence(objectId(oid), ...(critical ? [boolean(true)] : []), tagged(0x04, content));
}

/** UTCTime: YYMMDDhhmmssZ. */
function time(days: number): Buffer {
  const iso = new Date(Date.now() + days * 86_400_000).toISOString();
  return tagged(0x17, Buffer.from(`${iso.slice(2, 19).replace(/[-T:]/g, "")}Z`, "ascii"));
}

function pem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
