import { type DetailsOf, quote, type Sentence } from "./sentence-parts";

const certificates = { authority: "the certificate authority", pin: "the certificate" };

/** The sentences about servers: trusted certificates and policies for sign-ins. */
export const serverSentences = {
  "server.trust-added": ({ origin, kind, sha256 }: DetailsOf<"server.trust-added">): Sentence => [
    "For ",
    quote(origin),
    ` alone, ${certificates[kind]} with the SHA-256 ${sha256} is trusted.`,
  ],
  "server.trust-ended": ({ origin, kind, sha256 }: DetailsOf<"server.trust-ended">): Sentence => [
    "For ",
    quote(origin),
    `, ${certificates[kind]} with the SHA-256 ${sha256} is trusted no more.`,
  ],
  "server.policy-changed": ({ baseUrl, rules, previous }: DetailsOf<"server.policy-changed">): Sentence => {
    const whose = baseUrl === null ? ["For all servers"] : ["For ", quote(baseUrl)];
    if (rules === null) return [...whose, ", the policy for all servers holds again."];
    const before = previous ? ` Before: ${rulesInWords(previous)}.` : "";
    return [...whose, `: ${rulesInWords(rules)}.${before}`];
  },
};

type Rules = NonNullable<DetailsOf<"server.policy-changed">["rules"]>;

const passwordWords = { allow: "allowed", warn: "warned of", refuse: "refused" };
const keyWords = { no: "with any end", warn: "warned of", refuse: "refused" };

function rulesInWords({ passwords, keysMustEnd, longestDays }: Rules): string {
  const keys =
    longestDays === null || keysMustEnd === "no"
      ? endsInWords(keysMustEnd)
      : `${endsInWords(keysMustEnd)}, and ${keyWords[keysMustEnd]} if they last more than ${longestDays} days`;
  return `passwords ${passwordWords[passwords]}; API keys ${keys}`;
}

// Only what is known is refused: a key whose end the server does not tell is warned of.
function endsInWords(keysMustEnd: Rules["keysMustEnd"]): string {
  return keysMustEnd === "no" ? keyWords.no : "without a known end warned of";
}
