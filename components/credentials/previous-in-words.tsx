import { CalendarDate } from "@/components/ui/calendar-date";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import type { PreviousSecret } from "@/lib/credentials/previous/types";

type Props = { previous: PreviousSecret };

/** That a check signed in with the previous secret, and what to do about it; nothing before such a check. */
export function StillWorks({ previous }: Props) {
  const { workedAt, method, accountName, username } = previous;
  if (!workedAt) return null;
  const account = accountName ?? username;
  return (
    <Notice kind="warn" title={`The previous ${nounOf(previous)} still works`}>
      <p>
        {method === "password" ? (
          <>
            The server accepted it on <CalendarDate at={workedAt} />: it still signs in. Press Forget it now
            to delete it here.
          </>
        ) : (
          <>
            The server accepted it on <CalendarDate at={workedAt} />. Revoke it in Bitbucket
            {account && (
              <>
                , signed in as <bdi>{account}</bdi>
              </>
            )}
            . Then check again.
          </>
        )}
      </p>
      <ApiKeysLink previous={previous} />
    </Notice>
  );
}

/** What is remembered of a previous secret that is gone: its key's id, how it ended, and when. */
export function EndedPrevious({ previous }: Props) {
  const { ended, keyId, workedAt } = previous;
  if (!ended) return null;
  const what = `previous ${nounOf(previous)}${keyId ? ` with the id ${keyId}` : ""}`;
  // Bitbucket does not say why: a key may have expired too.
  if (ended.outcome === "revoked") {
    return (
      <p className="text-sm break-words">
        The server no longer accepts the {what}: it refused it on <CalendarDate at={ended.at} />.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-1.5 text-sm break-words">
      <p>
        The {what} was deleted here on <CalendarDate at={ended.at} />.{" "}
        {workedAt ? (
          <>
            It still worked on <CalendarDate at={workedAt} />.
          </>
        ) : (
          "Whether the server still accepts it is not known."
        )}
      </p>
      <ApiKeysLink previous={previous} />
    </div>
  );
}

function ApiKeysLink({ previous: { method, apiKeysUrl } }: Props) {
  if (method !== "api-key" || !apiKeysUrl) return null;
  return (
    <a
      href={apiKeysUrl}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-flex items-start gap-1.5 self-start font-medium text-accent underline underline-offset-4"
    >
      <span className="min-w-0">HTTP access tokens in Bitbucket</span>
      <Icon name="external-link" className="mt-0.5 size-4 shrink-0" />
      <span className="sr-only">(new tab)</span>
    </a>
  );
}

function nounOf({ method }: PreviousSecret): string {
  return method === "api-key" ? "API key" : "password";
}
