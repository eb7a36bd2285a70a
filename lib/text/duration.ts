const units = [
  { ms: 86_400_000, name: "d" },
  { ms: 3_600_000, name: "h" },
  { ms: 60_000, name: "min" },
  { ms: 1000, name: "s" },
] as const;

/** A length of time in at most two units, such as "850 ms", "3 s", "2 min 5 s" and "1 h 4 min". */
export function durationInWords(ms: number): string {
  if (ms <= 0) return "0 s";
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const first = units.findIndex((unit) => ms >= unit.ms);
  const [large, small] = [units[first], units[first + 1]];
  if (!large) return "0 s";
  const count = Math.floor(ms / large.ms);
  const rest = small ? Math.floor((ms % large.ms) / small.ms) : 0;
  return rest > 0 && small ? `${count} ${large.name} ${rest} ${small.name}` : `${count} ${large.name}`;
}
