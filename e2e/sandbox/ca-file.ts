import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Sandbox } from "./start";

/** The default path of the authority's certificate; the file contains no private key. */
export const CA_FILE = ".data/sandbox-ca.pem";

/** Writes the authority's certificate to a path for `EGRESS_CA_FILE`, and returns the path. */
export async function writeCaFile(sandbox: Sandbox, path = CA_FILE): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, sandbox.caCertificate);
  return path;
}
