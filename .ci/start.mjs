// What `npm start` runs: Next's own server in this process, listening where BIND says.
import { createRequire } from "node:module";
import { isIP } from "node:net";

// lib/env.ts reports a wrong value of BIND and what would be right.
const { BIND = "" } = process.env;
const bind = isIP(BIND) ? ["--hostname", BIND] : [];
// The reverse proxy must close idle connections before this server does (docs/operating.md).
process.argv.splice(2, Infinity, "start", "--keepAliveTimeout", "130000", ...bind);
createRequire(import.meta.url)("next/dist/bin/next");
