import { countOf, grouped } from "@/lib/text/count-of";

/** What the button says that confirms an action, such as "Merge 12 pull requests"; `label` is the action's. */
export function confirmLabel(label: string, count: number): string {
  const [, verb, noun] = /^(\S+) an? (.+)$/.exec(label) ?? [];
  if (!verb || !noun) return `${label}: ${countOf(count, "record")}`;
  return `${verb} ${grouped(count)} ${count === 1 ? noun : plural(noun)}`;
}

function plural(noun: string): string {
  return /(?:[sx]|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
