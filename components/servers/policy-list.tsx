import { RowList } from "@/components/ui/card";
import { TitleLink } from "@/components/ui/list-links";
import { Notice } from "@/components/ui/notice";
import { policyPath } from "@/lib/sign-in-policy/schema";
import type { ServerPolicy, SignInRules } from "@/lib/sign-in-policy/types";
import { countOf } from "@/lib/text/count-of";
import { FindServerForm } from "./find-server-form";

type Props = {
  policies: readonly ServerPolicy[];
  /** An address that was typed before, and what is wrong with it. */
  typed?: string | undefined;
  error?: string | undefined;
};

/** The servers with a policy of their own, and the way to give one to another server. */
export function PolicyList({ policies, typed, error }: Props) {
  return (
    <section aria-labelledby="own-policies" className="flex flex-col gap-4">
      <h2 id="own-policies" className="text-base font-semibold">
        Servers with a policy of their own
      </h2>
      {policies.length > 0 ? (
        <RowList aria-labelledby="own-policies">
          {policies.map(({ baseUrl, ...rules }) => (
            <li key={baseUrl} className="flex flex-col gap-1 px-5 py-4">
              <TitleLink href={policyPath(baseUrl)}>{baseUrl}</TitleLink>
              <p className="text-sm text-muted">{rulesInWords(rules)}</p>
            </li>
          ))}
        </RowList>
      ) : (
        <p className="text-sm text-muted">None: the policy for all servers holds everywhere.</p>
      )}
      <FindServerForm
        leadsTo={policyPath(null)}
        label="Base URL of a server"
        button="Open its policy"
        typed={typed}
        error={error}
      />
    </section>
  );
}

const passwordWords = { allow: "allowed", warn: "warned of", refuse: "refused" };
const lifeWords = { no: "", warn: "warned of", refuse: "refused" };

function rulesInWords({ passwords, keysMustEnd, longestDays }: SignInRules): string {
  const life =
    longestDays === null ? "" : `; ${lifeWords[keysMustEnd]} if they last more than ${longestDays} days`;
  const ends = keysMustEnd === "no" ? "any" : `warned of without a known end${life}`;
  return `Passwords: ${passwordWords[passwords]}. API keys: ${ends}.`;
}

/** How many stored credentials do not follow a policy. Only their number: they are not the administrator's to see. */
export function PolicyBreaches({ count }: { count: number }) {
  if (count === 0) return null;
  const title = `${countOf(count, "stored credential")} ${count === 1 ? "does" : "do"} not follow this policy`;
  return (
    <Notice kind="warn" title={title}>
      <p>
        {count === 1 ? "It stays" : "They stay"} in use. Users with access see a warning on the credential's
        page. API keys whose end the portal does not know are counted, too.
      </p>
    </Notice>
  );
}
