/** Colours: as the device is set, or always the same. */
export const themes = ["system", "light", "dark"] as const;

/** How much stands on a screen. */
export const densities = ["normal", "dense"] as const;

/** Instants in words ("3 hours ago"), or as date and time. */
export const timeStyles = ["relative", "exact"] as const;

/** The languages that dates may be written in, as BCP 47 tags; the first is the portal's own. */
export const dateLanguages = {
  en: "English",
  "en-GB": "English (United Kingdom)",
  "cs-CZ": "Čeština",
  "de-DE": "Deutsch",
  "es-ES": "Español",
  "fr-FR": "Français",
  "it-IT": "Italiano",
  "ja-JP": "日本語",
  "nl-NL": "Nederlands",
  "pl-PL": "Polski",
  "pt-BR": "Português (Brasil)",
  "sv-SE": "Svenska",
} as const;

export type DateLanguage = keyof typeof dateLanguages;

/** How one browser shows the portal. */
export type Display = {
  readonly theme: (typeof themes)[number];
  readonly density: (typeof densities)[number];
  readonly times: (typeof timeStyles)[number];
  /** An IANA time zone; null for the browser's own. */
  readonly zone: string | null;
  readonly dates: DateLanguage;
};

/** Before anything is chosen. */
export const usualDisplay: Display = {
  theme: "system",
  density: "normal",
  times: "relative",
  zone: null,
  dates: "en",
};
