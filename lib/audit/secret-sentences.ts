import { checkInWords, verdictInWords } from "./check-words";
import { type DetailsOf, quote, type Sentence } from "./sentence-parts";

const methods = { password: "a password", "api-key": "an API key" };

type Replaced = DetailsOf<"credential.secret-replaced">;
type SwitchedBack = DetailsOf<"credential.secret-switched-back">;
type PreviousChecked = DetailsOf<"credential.previous-secret-checked">;
type Forgotten = DetailsOf<"credential.previous-secret-forgotten">;

/** The sentences about a stored credential's secret, and the one before it. */
export const secretSentences = {
  "credential.secret-replaced": (details: Replaced): Sentence => {
    const { secretVersion, baseUrl, previousBaseUrl, method, verdict } = details;
    return [
      `The secret is ${methods[method]} for `,
      quote(baseUrl),
      ...(previousBaseUrl === baseUrl ? [] : [" instead of ", quote(previousBaseUrl)]),
      ` now, version ${secretVersion}. ${verdictInWords(verdict)}`,
      // Earlier versions kept none.
      ...("isPreviousKept" in details && details.isPreviousKept
        ? [" The previous one is kept for 7 days."]
        : []),
      ...("isPreviousDeleted" in details && details.isPreviousDeleted
        ? [" The one that was kept before is deleted."]
        : []),
    ];
  },
  "credential.secret-switched-back": (details: SwitchedBack): Sentence => {
    const { secretVersion, baseUrl, method, verdict } = details;
    const replaced =
      "isPreviousKept" in details ? (details.isPreviousKept ? "kept for 7 days" : "not kept") : null;
    return [
      `The previous secret, ${methods[method]} for `,
      quote(baseUrl),
      `, is in use again, as version ${secretVersion}. ${verdictInWords(verdict)}`,
      ...(replaced ? [` The one that it replaced is ${replaced}.`] : []),
    ];
  },
  "credential.previous-secret-checked": (details: PreviousChecked): Sentence => [previousInWords(details)],
  "credential.previous-secret-forgotten": ({ method }: Forgotten): Sentence => [
    `The previous secret, ${methods[method]}, was deleted before its time.`,
  ],
};

function previousInWords({ verdict, reason, isDeleted }: PreviousChecked): string {
  if (reason === null) return "The previous secret still works.";
  if (reason !== "SECRET_REJECTED") return `With the previous secret: ${checkInWords(verdict, reason)}`;
  // Bitbucket does not say whether it has expired, was revoked or was changed.
  return `The previous secret is no longer accepted by the server${isDeleted ? ", and is deleted here" : ""}.`;
}
