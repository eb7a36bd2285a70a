const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const short: readonly string[] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** The time of day of a cron expression as "02:30"; null unless minute and hour are single numbers. */
export function hourOf(minute: string, hour: string): string | null {
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour)) return null;
  return `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
}

/** The weekdays of a cron expression: "every day", "Monday to Friday", "Monday, Friday"; null for rarer forms. */
export function weekdaysOf(field: string): string | null {
  if (field === "*") return "every day";
  const range = /^([^,-]+)-([^,-]+)$/.exec(field);
  if (range) {
    const [, from = "", to = ""] = range;
    const names = [dayOf(from), dayOf(to)];
    return names[0] && names[1] ? `${names[0]} to ${names[1]}` : null;
  }
  const names = field.split(",").map(dayOf);
  return names.every((name) => name !== null) ? names.join(", ") : null;
}

function dayOf(text: string): string | null {
  const index = /^[0-7]$/.test(text) ? Number(text) % 7 : short.indexOf(text.toUpperCase());
  return days[index] ?? null;
}
