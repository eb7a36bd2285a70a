import { Fragment } from "react";
import type { EventItem } from "@/lib/audit/types";

/** An event as a sentence. Text typed by users keeps its own writing direction and is set apart from ours. */
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
