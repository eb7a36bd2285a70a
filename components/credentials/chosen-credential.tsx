import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { FormAction } from "@/lib/action-result";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import type { CheckStop, CredentialTile } from "@/lib/credentials/types";
import { credentialPath } from "@/lib/paths";
import { AccountName, SeenBefore } from "./account-name";
import { CheckNow } from "./check-now";
import { StatusAge } from "./status-age";
import { StatusBadge } from "./status-badge";

type Props = {
  credential: CredentialTile;
  now: Date;
  stop: CheckStop | null;
  check: FormAction<null, FailedCheck>;
};

/** The credential that the new source or destination will use. */
export function ChosenCredential({ credential, now, stop, check }: Props) {
  return (
    <section
      aria-label="Credential"
      className="flex flex-col gap-3 rounded-2xl border border-line bg-sunken p-5 text-sm"
    >
      <h2 className="flex items-start gap-2 font-semibold">
        <Icon name="key-round" className="mt-0.75 size-4 shrink-0 text-accent" />
        <span className="min-w-0 break-words">{credential.name}</span>
      </h2>
      {credential.description && (
        <p className="line-clamp-3 break-words text-muted">{credential.description}</p>
      )}
      <p className="break-all">{credential.baseUrl}</p>
      <p>
        <AccountName tile={credential} /> <SeenBefore factsAt={credential.factsAt} now={now.toISOString()} />
      </p>
      <p className="flex flex-wrap items-center gap-2 text-muted">
        <StatusBadge credential={credential} now={now.toISOString()} />
        <StatusAge credential={credential} now={now.toISOString()} />
      </p>
      <Link
        href={credentialPath(credential.id)}
        className="self-start py-0.5 text-muted underline underline-offset-4 hover:text-ink"
      >
        Details<span className="sr-only"> of the credential</span>
      </Link>
      {!credential.isSuspended && (
        <CheckNow action={check} credentialId={credential.id} status={credential.status} stop={stop} />
      )}
    </section>
  );
}
