// What `npm start` runs: Next's own server in this process, listening where BIND says.
import { createRequire } from "node:module";
import { isIP } from "node:net";

// Of a wrong value lib/env.ts says what would be right.
const { BIND = "" } = process.env;
const bind = isIP(BIND) ? ["--hostname", BIND] : [];
// A proxy gives its connections up first (docs/operating.md).
process.argv.splice(2, Infinity, "start", "--keepAliveTimeout", "130000", ...bind);
createRequire(import.meta.url)("next/dist/bin/next");
