import type { Verdict } from "@/drizzle/schema";

/** What happens to the secret of a stored credential, and to the one before it. */
export type SecretEvent =
  | {
      event: "credential.secret-replaced";
      subjectId: string;
      details: {
        secretVersion: number;
        baseUrl: string;
        previousBaseUrl: string;
        method: "password" | "api-key";
        verdict: Verdict | "unchecked";
        // Absent in events from before a replaced secret could be kept.
        isPreviousKept?: boolean;
        // Only where the one that was kept before it was deleted.
        isPreviousDeleted?: boolean;
      };
    }
  | {
      event: "credential.secret-switched-back";
      subjectId: string;
      details: {
        secretVersion: number;
        baseUrl: string;
        method: "password" | "api-key";
        verdict: Verdict;
        // Of the secret that it replaced. Absent in earlier events.
        isPreviousKept?: boolean;
      };
    }
  | {
      event: "credential.previous-secret-checked";
      subjectId: string;
      details: { verdict: Verdict; reason: string | null; isDeleted: boolean };
    }
  | {
      event: "credential.previous-secret-forgotten";
      subjectId: string;
      details: { method: "password" | "api-key" };
    };
