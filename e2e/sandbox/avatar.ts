import { crc32, deflateSync } from "node:zlib";
import type { Account } from "./accounts";

const SIDE = 64;

/** An account's avatar: a PNG in a colour of its own, with a lighter disc. */
export function avatarOf(account: Account): Buffer {
  const colour = [(account.id * 67) % 160, (account.id * 131) % 160, (account.id * 29) % 160];
  const light = colour.map((part) => part + 80);
  const rows = Array.from({ length: SIDE }, (_row, y) =>
    // Each row begins with its filter type: none.
    Buffer.from([
      0,
      ...Array.from({ length: SIDE }, (_pixel, x) => (isInDisc(x, y) ? light : colour)).flat(),
    ]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  // Eight bits each for red, green and blue.
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from("\u0089PNG\r\n\u001a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function isInDisc(x: number, y: number): boolean {
  const middle = (SIDE - 1) / 2;
  return (x - middle) ** 2 + (y - middle) ** 2 < (SIDE / 3) ** 2;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body) >>> 0);
  return Buffer.concat([length, body, sum]);
}
