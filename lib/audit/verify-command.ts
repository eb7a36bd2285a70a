import { commandFailureText } from "@/lib/command-failure";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { portalKeys } from "@/lib/portal/keys";
import { readKeptHead } from "./lost-events";
import { reportOf } from "./report";
import { verifyAuditLog } from "./verify";

const usage = `Usage: npm run audit:verify [-- --since HEAD]

HEAD is what an earlier run printed behind --since, or its line that begins with “Head:”, in quotes.
`;

/**
 * `npm run audit:verify`: prints the verification of the audit log; exits with 1 if anything is wrong, with 2 for
 * invalid arguments.
 */
async function main([option, text = "", ...rest]: readonly string[]): Promise<number> {
  const since = option === "--since" ? readKeptHead(text) : null;
  if ((option !== undefined && !since) || rest.length > 0) {
    process.stderr.write(
      `${option === "--since" ? "What stands behind --since is no head." : "There is no such option."}\n\n${usage}`,
    );
    return 2;
  }
  env();
  const db = await database();
  const { isWhole, text: report } = reportOf(await verifyAuditLog(db, portalKeys().keyRing, since));
  process.stdout.write(report);
  return isWhole ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(commandFailureText(error));
    process.exit(1);
  },
);
