import type { CheckedAccess, CheckedRights, CountUpTo } from "@/lib/connectors/types";

const number = new Intl.NumberFormat("en");

/** A sentence on what a credential can read and write, as far as it was counted; empty if nothing was counted. */
export function accessInWords(access: CheckedAccess | null): string {
  if (!access?.readable) return "";
  if (access.readable.count === 0) return "It can read no repository.";
  const parts = [`read ${repositories(access.readable)}`];
  if (access.writable) parts.push(`write to ${count(access.writable)}`);
  if (access.administrable) parts.push(`administer ${count(access.administrable)}`);
  const last = parts.pop();
  return parts.length > 0 ? `It can ${parts.join(", ")} and ${last}.` : `It can ${last}.`;
}

/** Rights of one kind, in a few words: "read 11, write 5, administer none", or "none" where nothing can be read. */
export function rightsInWords({ readable, writable, administrable }: CheckedRights): string {
  if (readable === null) return "the server did not say";
  if (readable.count === 0) return "none";
  const parts = [`read ${count(readable)}`];
  if (writable) parts.push(`write ${count(writable)}`);
  if (administrable) parts.push(`administer ${count(administrable)}`);
  return parts.join(", ");
}

/**
 * Which repositories the counts are of: those in Bitbucket's list of all repositories, which has personal ones and, unless
 * asked for them, no archived ones.
 */
export const whatIsCounted = "Personal repositories are counted, archived ones are not.";

/** A sentence on where counting stopped; empty if everything was counted. */
export function boundOf(access: CheckedAccess): string {
  const { projectRights, ...rest } = access;
  const counts = [...Object.values(rest), ...Object.values(projectRights ?? {})];
  const bounds = counts.flatMap((one) => (one?.more ? one.count : []));
  return bounds.length === 0 ? "" : `Counted up to ${number.format(Math.max(...bounds))}.`;
}

function repositories(of: CountUpTo): string {
  return `${count(of)} ${of.count === 1 && !of.more ? "repository" : "repositories"}`;
}

function count({ count: counted, more }: CountUpTo): string {
  if (counted === 0) return "none";
  return more ? `more than ${number.format(counted)}` : number.format(counted);
}
