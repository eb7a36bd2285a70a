import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { diagnoseBaseUrl } from "@/lib/connectors/bitbucket-server/base-url";
import { apiKeysPage } from "@/lib/connectors/bitbucket-server/web-pages";

type Props = {
  /** The typed address. */
  baseUrl: string;
  /** Beside a check, only what helps after a refusal: where to make an API key. */
  isBrief: boolean;
};

/** The guide in short: what to have ready, where to make an API key, why a key is better. */
export function AddCredentialGuide({ baseUrl, isBrief }: Props) {
  const diagnosis = diagnoseBaseUrl(baseUrl);
  return (
    <aside aria-label="Guide" className="flex flex-col gap-6">
      {!isBrief && (
        <Chapter title="What you need">
          <ul className="flex list-disc flex-col gap-1 pl-4 text-muted marker:text-line-strong">
            <li>An account on the server that may read, or write, what you want to work with.</li>
            <li>Its user name and password, or better: a personal API key.</li>
          </ul>
        </Chapter>
      )}
      <Chapter title="Where to make an API key">
        <p className="text-muted">
          In Bitbucket: your avatar, <em className="text-ink not-italic">Manage account</em>,{" "}
          <em className="text-ink not-italic">HTTP access tokens</em>. That is what Bitbucket calls an API
          key. Today's begin with <code className="text-ink">BBDC-</code>.
        </p>
        {diagnosis.ok ? (
          <a
            href={apiKeysPage(diagnosis.baseUrl)}
            target="_blank"
            rel="noopener noreferrer"
            className="inline-flex items-start gap-1.5 font-medium text-accent underline underline-offset-4"
          >
            <span className="min-w-0 break-all">Open it on {diagnosis.baseUrl.host}</span>
            <Icon name="external-link" className="mt-0.5 size-4 shrink-0" />
            <span className="sr-only">(new tab)</span>
          </a>
        ) : (
          <p className="text-muted">A link appears here once the address is filled in.</p>
        )}
      </Chapter>
      {!isBrief && <Why />}
    </aside>
  );
}

function Why() {
  return (
    <>
      <Chapter title="Why a key is better than a password">
        <p className="text-muted">
          It can be limited to what is needed, ends by itself, and can be revoked without changing anything
          else. Since Bitbucket 10, passwords are switched off for this use unless an administrator allows
          them.
        </p>
      </Chapter>
      <Chapter title="What happens on Save">
        <p className="text-muted">
          Latchkey signs in to the server once. Only if that works is the credential stored, sealed. Nobody
          can read the secret back, not even you: it can only be replaced.
        </p>
      </Chapter>
    </>
  );
}

function Chapter({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </section>
  );
}
