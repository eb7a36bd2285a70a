// What `npm start` runs: Next's own server in this process, listening where BIND says (lib/env.ts judges its value).
import { createRequire } from "node:module";

const bind = process.env.BIND ? ["--hostname", process.env.BIND] : [];
// A proxy gives its connections up first (docs/operating.md).
process.argv.splice(2, Infinity, "start", "--keepAliveTimeout", "130000", ...bind);
createRequire(import.meta.url)("next/dist/bin/next");
