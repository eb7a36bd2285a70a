import type { z } from "zod";

declare global {
  // zod keeps its settings here, so that several copies of it share them.
  var __zod_globalConfig: z.core.$ZodConfig | undefined;
}

// zod compiles schemas with `new Function`, which the portal's policy forbids: browsers report even its trial as a
// violation. zod reads this setting when a schema is made, so import this file before every schema. Without zod's own
// `config`, which would bring a part of zod to pages that check nothing.
globalThis.__zod_globalConfig = { ...globalThis.__zod_globalConfig, jitless: true };
