import { z } from "zod";

const mostDays = 3650;

const longestDays = z.string().transform((typed, context) => {
  const text = typed.trim();
  if (text === "") return null;
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= mostDays) return days;
  context.addIssue({ code: "custom", message: `Enter a number of days from 1 to ${mostDays}, or nothing.` });
  return z.NEVER;
});

/** The fields of a policy. */
export const policyFields = {
  passwords: z.enum(["allow", "warn", "refuse"]),
  keysMustEnd: z.enum(["no", "warn", "refuse"]),
  longestDays,
};

type TypedRules = { keysMustEnd: "no" | "warn" | "refuse"; longestDays: number | null };

/** False for a longest life that nothing enforces. */
export function isEnforced({ keysMustEnd, longestDays: days }: TypedRules): boolean {
  return keysMustEnd !== "no" || days === null;
}

/** The error for such a life. */
export const notEnforced = {
  path: ["longestDays"],
  message: "Choose Warn or Refuse above for this to count, or leave it empty.",
};

/** The browser's schema of a policy. */
export const policyFormSchema = z.object(policyFields).refine(isEnforced, notEnforced);
