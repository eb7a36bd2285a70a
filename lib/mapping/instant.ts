const iso =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:[.,](\d{1,9}))?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** The milliseconds since 1970 of an ISO time, or of digits that are milliseconds; UTC where no zone is given. */
export function readInstant(text: string): number | null {
  if (/^[+-]?\d{5,16}$/.test(text)) return Number(text);
  const [, day, minute = "00:00", seconds = ":00", fraction = "", zone = "Z"] = iso.exec(text) ?? [];
  if (!day || !isDay(day)) return null;
  const at = Date.parse(`${day}T${minute}${seconds}.${fraction.padEnd(3, "0").slice(0, 3)}${zoneOf(zone)}`);
  return Number.isNaN(at) ? null : at;
}

/** `Date.parse` takes 30 February for 2 March. */
function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function zoneOf(zone: string): string {
  const [, sign, hours, minutes = "00"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return sign ? `${sign}${hours}:${minutes}` : "Z";
}
