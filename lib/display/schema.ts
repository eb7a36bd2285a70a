import { z } from "zod";
import { isTimeZone } from "@/lib/text/time-zone";
import { type DateLanguage, type Display, dateLanguages, densities, themes, timeStyles } from "./types";

const isLanguage = (text: string): text is DateLanguage => Object.hasOwn(dateLanguages, text);

/** A time zone's name, or nothing for the browser's own. */
const zoneSchema = z
  .string()
  .max(64)
  .transform((text) => text.trim())
  .refine((zone) => zone === "" || isTimeZone(zone), "There is no such time zone. Example: Europe/Prague")
  .transform((zone) => (zone === "" ? null : zone));

/** What the form for the display sends. */
export const displaySchema = z.object({
  theme: z.enum(themes, "Choose one of the themes"),
  density: z.enum(densities, "Choose one of the densities"),
  times: z.enum(timeStyles, "Choose how times are shown"),
  zone: zoneSchema,
  dates: z.string().refine(isLanguage, "Choose one of the languages"),
});

export const themeSchema = displaySchema.pick({ theme: true });

/** The display in a cookie's text; what is missing or invalid is `usual`, field by field. */
export function parseDisplay(text: string | undefined, usual: Display): Display {
  if (!text) return usual;
  const { theme, density, times, zone, dates } = displaySchema.shape;
  const read = new URLSearchParams(text);
  const of = <Value>(name: keyof Display, schema: z.ZodType<Value>, fallback: Value): Value => {
    const value = read.get(name);
    const parsed = schema.safeParse(value);
    return value !== null && parsed.success ? parsed.data : fallback;
  };
  return {
    theme: of("theme", theme, usual.theme),
    density: of("density", density, usual.density),
    times: of("times", times, usual.times),
    zone: of("zone", zone, usual.zone),
    dates: of("dates", dates, usual.dates),
  };
}

/** The display as a cookie's text. */
export function displayText({ zone, ...others }: Display): string {
  return new URLSearchParams({ ...others, zone: zone ?? "" }).toString();
}
