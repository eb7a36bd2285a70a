import type { Instance } from "./instance";

/**
 * A name with several attacks: a spreadsheet formula, markup, invisible characters that reverse the reading direction,
 * terminal escape codes, a line break for logs, and length.
 */
export const hostileText = [
  "=cmd|' /C calc'!A0",
  `<img src=x onerror="alert('Latchkey')"><script>alert(1)</script>`,
  "\u202Egpj.exe\u202C\u200B\u2066",
  "\u001B[31mred\u001B[0m\u001B]0;title\u0007",
  "\r\nlevel=info a line of its own",
  "x".repeat(10_000),
].join(" ");

/** A name as an instance shows it: its own, or the hostile one if set. */
export function nameShown(instance: Instance, name: string): string {
  return instance.settings.hostileNames ? hostileText : name;
}
