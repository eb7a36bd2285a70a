import { Fragment } from "react";
import type { EventItem } from "@/lib/audit/types";

/** What an event says, in a calm line. What others have typed stays in its own direction of writing, and stands out from our words. */
export function EventSentence({ sentence }: Pick<EventItem, "sentence">) {
  if (sentence.length === 0) return null;
  return (
    <p className="min-w-0 text-xs break-words text-muted">
      {sentence.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence neither move nor change
        <Fragment key={index}>
          {typeof part === "string" ? (
            part
          ) : (
            <>
              “<bdi className="break-all text-ink">{part.quoted}</bdi>”
            </>
          )}
        </Fragment>
      ))}
    </p>
  );
}
