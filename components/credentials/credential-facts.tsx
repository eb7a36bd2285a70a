import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Section } from "@/components/ui/card";
import { Fact } from "@/components/ui/fact";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ProvenFacts } from "@/lib/credentials/checks/types";
import type { CredentialDetails } from "@/lib/credentials/types";
import { credentialPath } from "@/lib/paths";
import { CheckFacts } from "./check-facts";
import { AccountName } from "./server-account";
import { StatusBadge } from "./status-badge";
import { warningInWords } from "./warning-in-words";

type Props = {
  credential: CredentialDetails;
  /** Null while no check has proven the secret. */
  facts: ProvenFacts | null;
  now: Date;
  /** What can be done about it. */
  children?: ReactNode;
};

/** What is known of a credential and not secret: how it stands, as whom, where, with which rights. */
export function CredentialFacts({ credential, facts, now, children }: Props) {
  const { checkedAt, serverUnreachableSince, baseUrl, warnings } = credential;
  return (
    <Section title="What is known">
      {warnings.length > 0 && (
        <ul aria-label="Warnings" className="flex flex-col gap-2 border-b border-line pb-4 text-sm text-warn">
          {warnings.map((code) => (
            <li key={code} className="flex items-start gap-2">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              <span className="min-w-0">{warningInWords(code)}</span>
            </li>
          ))}
        </ul>
      )}
      <dl className="grid gap-4 sm:grid-cols-2 lg:grid-cols-1">
        <Fact name="Status">
          <span className="flex flex-wrap items-center gap-2">
            <StatusBadge credential={credential} />
            <span className="text-sm text-muted">
              {checkedAt ? <TimeAgo at={checkedAt} now={now.toISOString()} /> : "no check has judged it yet"}
            </span>
          </span>
        </Fact>
        {serverUnreachableSince && (
          <Fact name="Server's status">
            <span className="text-warn">
              Unreachable since <TimeAgo at={serverUnreachableSince} now={now.toISOString()} />
            </span>
          </Fact>
        )}
        {facts ? (
          <CheckFacts facts={facts} path={credentialPath(credential.id)} baseUrl={baseUrl} />
        ) : (
          <>
            <Fact name="Account">
              <AccountName tile={credential} isWhole />
            </Fact>
            <Fact name="Server">
              <span className="break-all">{baseUrl}</span>
            </Fact>
          </>
        )}
        {/* Of a key that was proven, its kind says more. */}
        {facts?.method !== "api-key" && <Fact name="Signs in with">{signInOf(credential)}</Fact>}
        <Fact name="Owner">{credential.ownerName}</Fact>
      </dl>
      {children}
    </Section>
  );
}

function signInOf({ method, username }: Pick<CredentialDetails, "method" | "username">): string {
  const kind = method === "api-key" ? "API key" : "Password";
  return username ? `${kind} of ${username}` : kind;
}
