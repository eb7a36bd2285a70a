// Loaded into a portal before it starts, where no small disk can be mounted: while the file in LATCHKEY_TEST_FULL_DISK
// exists, every disk reports one free block.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const { statfsSync } = fs;
fs.statfsSync = (...given) => {
  const found = statfsSync(...given);
  return fs.existsSync(process.env.LATCHKEY_TEST_FULL_DISK ?? "") ? { ...found, bavail: 1 } : found;
};
syncBuiltinESMExports();
