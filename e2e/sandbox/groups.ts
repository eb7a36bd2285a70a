/** The groups of servers on the console and in the terminal, in the order shown. */
export const groups = [
  "Healthy",
  "Not ready, or something in between",
  "Redirects",
  "Waiting",
  "Broken lines",
  "Odd answers",
  "Something in front",
  "Other products",
  "Rights and names",
  "Certificates",
] as const;

export type Group = (typeof groups)[number];
