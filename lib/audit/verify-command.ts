import { isWrappingKeyError } from "@/lib/crypto/key-wrapper";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { reportOf } from "./report";
import { verifyAuditLog } from "./verify";

/** `npm run audit:verify`: prints what the audit log's chain comes to; ends with 1 when anything is wrong. */
async function main(): Promise<number> {
  env();
  const { isWhole, text } = reportOf(await verifyAuditLog(await database()));
  process.stdout.write(text);
  return isWhole ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const cure = isWrappingKeyError(error)
      ? "\nNothing can be said of the log without the keys it was written with: put them back into SECRET_KEYS."
      : "";
    process.stderr.write(`${cause}${cure}\n`);
    process.exit(1);
  },
);
