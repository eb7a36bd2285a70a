/** How the console and the terminal group the servers, in the order in which they are shown. */
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
