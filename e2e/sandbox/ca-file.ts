import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Sandbox } from "./start";

/** Where the authority's certificate goes when nobody says otherwise; it holds no key. */
export const CA_FILE = ".data/sandbox-ca.pem";

/** Writes the authority's certificate to where `EGRESS_CA_FILE` may point, and returns the path. */
export async function writeCaFile(sandbox: Sandbox, path = CA_FILE): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, sandbox.caCertificate);
  return path;
}
