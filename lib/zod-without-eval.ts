import { config } from "zod";

// zod compiles schemas with `new Function`, and tries whether it may. The portal's policy forbids that in the browser, which
// reports each try as a violation. The switch is read as a schema is made: import this before every schema.
config({ jitless: true });
