import type { CheckedAccess, CountUpTo } from "@/lib/bitbucket/types";

const number = new Intl.NumberFormat("en");

/** A sentence on what a credential can read and write, as far as it was counted; empty when it was not. */
export function accessInWords(access: CheckedAccess | null): string {
  if (!access?.readable) return "";
  const parts = [`read ${repositories(access.readable)}`];
  if (access.writable) parts.push(`write to ${count(access.writable)}`);
  if (access.administrable) parts.push(`administer ${count(access.administrable)}`);
  const last = parts.pop();
  return parts.length > 0 ? `It can ${parts.join(", ")} and ${last}.` : `It can ${last}.`;
}

function repositories(of: CountUpTo): string {
  return `${count(of)} ${of.count === 1 && !of.more ? "repository" : "repositories"}`;
}

function count({ count: counted, more }: CountUpTo): string {
  if (counted === 0) return "none";
  return more ? `more than ${number.format(counted)}` : number.format(counted);
}
