import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";

type GitType = "commit" | "tree" | "blob";

/** An object as git stores it: its id is the hash of its type, size and bytes. */
export interface GitObject {
  id: string;
  type: GitType;
  bytes: Buffer;
}

/** https://git-scm.com/docs/pack-format: the numbers of the types in a pack. */
const typeNumbers: Record<GitType, number> = { commit: 1, tree: 2, blob: 3 };

function gitObject(type: GitType, bytes: Buffer): GitObject {
  const id = createHash("sha1").update(`${type} ${bytes.length}\0`).update(bytes).digest("hex");
  return { id, type, bytes };
}

/** A file's content. */
export function gitBlob(text: string): GitObject {
  return gitObject("blob", Buffer.from(text, "utf8"));
}

/** A folder with one file. */
export function gitTree(name: string, file: GitObject): GitObject {
  return gitObject("tree", Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(file.id, "hex")]));
}

/** A commit by one author; `at` is in milliseconds, while git stores seconds. */
export function gitCommit(commit: {
  tree: GitObject;
  parents: readonly string[];
  author: { displayName: string; emailAddress: string };
  at: number;
  message: string;
}): GitObject {
  const { displayName, emailAddress } = commit.author;
  const by = `${displayName} <${emailAddress}> ${Math.floor(commit.at / 1000)} +0000`;
  const lines = [
    `tree ${commit.tree.id}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${by}`,
    `committer ${by}`,
    "",
    `${commit.message}\n`,
  ];
  return gitObject("commit", Buffer.from(lines.join("\n"), "utf8"));
}

/** Objects as one pack, none as a delta: https://git-scm.com/docs/pack-format. */
export function packOf(objects: readonly GitObject[]): Buffer {
  const head = Buffer.alloc(12);
  head.write("PACK");
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(objects.length, 8);
  const body = Buffer.concat([head, ...objects.flatMap(entryOf)]);
  return Buffer.concat([body, createHash("sha1").update(body).digest()]);
}

/** Type and size, with four bits in the first byte and seven in each further one, then the deflated bytes. */
function entryOf({ type, bytes }: GitObject): Buffer[] {
  const sizes: number[] = [];
  let byte = (typeNumbers[type] << 4) | (bytes.length & 15);
  for (let left = bytes.length >> 4; left > 0; left >>= 7) {
    sizes.push(byte | 128);
    byte = left & 127;
  }
  return [Buffer.from([...sizes, byte]), deflateSync(bytes)];
}
