import { countOf } from "@/lib/text/count-of";
import type { DataKeyStatus, KeysStatus, Unopened } from "./types";

/** The usage text, for invalid arguments. */
export const usage = `Usage: npm run keys -- VERB

  status            shows which key holds what, and what to do next
  rotate-wrapping   wraps every data key with the first key of SECRET_KEYS
  rotate-data [ID]  makes a new data key; with ID only while that one is the current one
  reseal            seals every stored secret anew with the current data key
  verify            opens every data key and every stored secret, and shows none

Each verb may be killed and started again. docs/operating.md tells when to use which.
`;

/** The status as text for an operator, with the next step last. */
export function statusText(status: KeysStatus): string {
  const { configured, dataKeys } = status;
  const [first = "", ...others] = configured;
  return [
    `SECRET_KEYS: ${first} wraps${others.length > 0 ? `; ${others.join(", ")} only unwrap` : ""}.`,
    dataKeys.length === 0 ? "Data keys: none yet; the portal makes one at its first start." : "Data keys:",
    ...dataKeys.map((key) => `  ${lineOf(key)}`),
    ...nextSteps(status),
    "",
  ].join("\n");
}

function lineOf({ id, wrappingKeyId, retiredAt, secrets }: DataKeyStatus): string {
  const state = retiredAt ? `retired ${retiredAt.toISOString()}` : "current";
  return `${id}  ${state}, wrapped by ${wrappingKeyId}, seals ${countOf(secrets, "secret")}`;
}

/** The remaining verbs to run, in order, and the wrapping keys that are no longer needed. */
export function nextSteps({ configured, dataKeys }: KeysStatus): string[] {
  const [first] = configured;
  const needed = new Set(dataKeys.map(({ wrappingKeyId }) => wrappingKeyId));
  const missing = [...needed].filter((id) => !configured.includes(id));
  if (missing.length > 0) {
    return [`Next: put ${missing.join(", ")} back into SECRET_KEYS, behind the first key.`];
  }
  const stale = dataKeys.filter(({ wrappingKeyId }) => wrappingKeyId !== first).length;
  const old = dataKeys.filter(({ retiredAt }) => retiredAt).reduce((sum, { secrets }) => sum + secrets, 0);
  const idle = configured.filter((id) => id !== first && !needed.has(id));
  const steps = [
    ...(stale > 0
      ? [`Next: rotate-wrapping, for ${countOf(stale, "data key")} not wrapped by ${first}.`]
      : []),
    ...(idle.length > 0
      ? [`Next: take ${idle.join(", ")} out of SECRET_KEYS. No data key in this database needs it.`]
      : []),
    ...(old > 0 ? [`Next: reseal, for ${countOf(old, "secret")} under a retired data key.`] : []),
  ];
  return steps.length > 0 ? steps : ["Nothing is left to do."];
}

/** Secrets that do not open, one a line and a hundred at most, with the instruction. Empty if there are none. */
export function unopenedText(unopened: readonly Unopened[]): string {
  if (unopened.length === 0) return "";
  const shown = unopened.slice(0, 100).map((one) => `  ${placeOf(one)}: ${one.code}`);
  const more = unopened.length > shown.length ? [`  … and ${unopened.length - shown.length} more`] : [];
  return [
    `${countOf(unopened.length, "secret")} did not open: changed in the database, moved, or from another backup.`,
    ...shown,
    ...more,
    "Restore them from a backup, or enter a new secret for each of these credentials, and add each webhook again.",
    ...(unopened.some((one) => "previousOf" in one)
      ? ["A previous secret is not needed: delete it on its credential's page."]
      : []),
    "",
  ].join("\n");
}

function placeOf(one: Unopened): string {
  if ("webhookId" in one) return `webhook ${one.webhookId}`;
  if ("previousOf" in one) return `previous secret of credential ${one.previousOf}`;
  return `credential ${one.credentialId}`;
}
