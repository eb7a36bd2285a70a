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
    // Earlier versions kept none.
    const isPreviousKept = "isPreviousKept" in details && details.isPreviousKept;
    return [
      `The secret is ${methods[method]} for `,
      quote(baseUrl),
      ...(previousBaseUrl === baseUrl ? [] : [" instead of ", quote(previousBaseUrl)]),
      ` now, version ${secretVersion}. ${verdictInWords(verdict)}`,
      ...(isPreviousKept ? [" The previous one is kept for 7 days."] : []),
    ];
  },
  "credential.secret-switched-back": ({
    secretVersion,
    baseUrl,
    method,
    verdict,
  }: SwitchedBack): Sentence => [
    `The previous secret, ${methods[method]} for `,
    quote(baseUrl),
    `, is in use again, as version ${secretVersion}. ${verdictInWords(verdict)}`,
  ],
  "credential.previous-secret-checked": (details: PreviousChecked): Sentence => [previousInWords(details)],
  "credential.previous-secret-forgotten": ({ method }: Forgotten): Sentence => [
    `The previous secret, ${methods[method]}, was deleted before its time.`,
  ],
};

function previousInWords({ verdict, reason, isDeleted }: PreviousChecked): string {
  if (reason === null) return "The previous secret still works.";
  if (reason !== "SECRET_REJECTED") return `With the previous secret: ${checkInWords(verdict, reason)}`;
  return `The server refused the previous secret: it is revoked${isDeleted ? ", and deleted here" : ""}.`;
}
