"use client";

import type { ReactNode } from "react";
import { Section } from "@/components/ui/card";
import { Detail } from "@/components/ui/detail";
import { Icon } from "@/components/ui/icon";
import { TimeAgo } from "@/components/ui/time-ago";
import type { LatestCheckDetails } from "@/lib/credentials/checks/types";
import type { CredentialDetails as Credential } from "@/lib/credentials/types";
import { credentialPath } from "@/lib/paths";
import { AccountName } from "./account-name";
import { CheckDetails } from "./check-details";
import { EqualSecrets } from "./equal-secrets";
import { StatusAge } from "./status-age";
import { StatusBadge } from "./status-badge";
import { TagLinks } from "./tags";
import { warningFor } from "./warning-in-words";

type Props = {
  credential: Credential;
  /** Null until a check has verified the secret. */
  details: LatestCheckDetails | null;
  now: Date;
  /** Buttons for the actions on this credential. */
  children?: ReactNode;
};

/** A credential without its secret: status, account, server and rights. */
export function CredentialDetails({ credential, details, now, children }: Props) {
  const { checkedAt, serverUnreachableSince, baseUrl, warnings, equals } = credential;
  return (
    <Section title="Details">
      {(warnings.length > 0 || equals.length > 0) && (
        <ul aria-label="Warnings" className="flex flex-col gap-2 border-b border-line pb-4 text-sm text-warn">
          {equals.length > 0 && (
            <Warning>
              <EqualSecrets credential={credential} />
            </Warning>
          )}
          {warnings.map((code) => (
            <Warning key={code}>{warningFor(credential, code)}</Warning>
          ))}
        </ul>
      )}
      <dl className="grid gap-4 sm:grid-cols-2 lg:grid-cols-1">
        <Detail name="Status">
          <span className="flex flex-wrap items-center gap-2">
            <StatusBadge credential={credential} now={now.toISOString()} />
            <span className="text-sm text-muted">
              {checkedAt ? <StatusAge credential={credential} now={now.toISOString()} /> : "Not checked yet"}
            </span>
          </span>
        </Detail>
        {credential.factsAt && (
          <Detail name="Last signed in">
            <TimeAgo at={credential.factsAt} now={now.toISOString()} />
            <span className="block text-sm text-muted">Account, rights and server are as of then.</span>
          </Detail>
        )}
        {serverUnreachableSince && (
          <Detail name="Server's status">
            <span className="inline-flex items-start gap-1.5 text-warn">
              <Icon name="cloud-off" className="mt-1 size-4 shrink-0" />
              <span>
                Unreachable since <TimeAgo at={serverUnreachableSince} now={now.toISOString()} />
              </span>
            </span>
          </Detail>
        )}
        {details ? (
          <CheckDetails details={details} path={credentialPath(credential.id)} baseUrl={baseUrl} />
        ) : (
          <>
            <Detail name="Account">
              <AccountName tile={credential} isWhole />
            </Detail>
            <Detail name="Server">
              <span className="break-all">{baseUrl}</span>
            </Detail>
          </>
        )}
        {/* Once a key is verified, its kind says more. */}
        {details?.method !== "api-key" && <Detail name="Signs in with">{signInOf(credential)}</Detail>}
        {credential.tags.length > 0 && (
          <Detail name="Tags">
            <span className="tags gap-1.5">
              <TagLinks tags={credential.tags} />
            </span>
          </Detail>
        )}
        <Detail name="Owner">{credential.ownerName}</Detail>
      </dl>
      {children}
    </Section>
  );
}

function Warning({ children }: { children: ReactNode }) {
  return (
    <li className="flex items-start gap-2">
      <Icon name="triangle-alert" className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0">{children}</span>
    </li>
  );
}

function signInOf({ method, username }: Pick<Credential, "method" | "username">): string {
  const kind = method === "api-key" ? "API key" : "Password";
  return username ? `${kind} of ${username}` : kind;
}
