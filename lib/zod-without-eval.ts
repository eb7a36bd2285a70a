import { config } from "zod";

// zod compiles schemas with `new Function`, which the portal's policy forbids: browsers report even its trial as a
// violation. zod reads this setting when a schema is made, so import this file before every schema.
config({ jitless: true });
