import { randomUUID } from "node:crypto";
import { commandFailureText } from "@/lib/command-failure";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { portalKeys } from "@/lib/portal/keys";
import { readCall } from "./call";
import { usage } from "./report";

/** `npm run keys`: exits with 0 if nothing is wrong, with 1 if something is, and with 2 for invalid arguments. */
async function main(words: readonly string[]): Promise<number> {
  const print = (text: string) => void process.stdout.write(text);
  const call = readCall(words);
  if (call.kind === "help") {
    print(usage);
    return 0;
  }
  if (call.kind === "wrong") {
    process.stderr.write(call.text);
    return 2;
  }
  env();
  const ring = portalKeys().keyRing;
  // No user signs in at a terminal: the log records the terminal, and the operator is whoever holds the keys.
  const visitor = { requestId: randomUUID(), origin: { via: "terminal", address: null } } as const;
  return call.verb({ db: await database(), visitor, ring, print, argument: call.argument });
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(commandFailureText(error));
    process.exit(1);
  },
);
