"use client";

import { useEffect, useRef } from "react";
import { useButtonForm } from "@/components/forms/use-button-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { ForAWhile } from "@/components/ui/for-a-while";
import { Notice } from "@/components/ui/notice";
import { Question } from "@/components/ui/question";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import type { NamedStops } from "@/lib/endpoints/types";
import { Stopping } from "./stopping";
import { andStop } from "./stops-in-words";

type Props = {
  pause: FormAction<null>;
  activate: FormAction<null>;
  endpointId: string;
  name: string;
  isPaused: boolean;
  /** What of others stops with it; null for nothing. */
  stops: NamedStops | null;
};

/** Pauses an active source or destination, after a question if something of others stops; activates a paused one. */
export function PauseEndpoint({ pause, activate, endpointId, name, isPaused, stops }: Props) {
  const forms = { pause: useButtonForm(pause), activate: useButtonForm(activate) };
  const { error, pending, formProps } = forms[isPaused ? "activate" : "pause"];
  const before = forms[isPaused ? "pause" : "activate"].result;
  const label = isPaused ? "Activate" : "Pause";
  const place = useRef<HTMLSpanElement>(null);

  // The button that asked is gone, and with it the focus.
  useEffect(() => {
    if (isPaused && document.activeElement === document.body && forms.pause.answeredAt > 0) {
      place.current?.querySelector("button")?.focus();
    }
  }, [isPaused, forms.pause.answeredAt]);

  return (
    <form {...formProps} className="contents">
      <input type="hidden" name="endpointId" value={endpointId} />
      <input type="hidden" name="stopsSeen" value={stops ? stops.sources + stops.destinations : 0} />
      <span ref={place} className="contents">
        {stops && !isPaused ? (
          <Question
            keep="Keep active"
            asks={label}
            title={`Pause “${name}”?`}
            answer={andStop("Pause", stops)}
            pending={pending}
          >
            <Stopping stops={stops}>
              What runs after each run of this source waits until it is active again.
            </Stopping>
          </Question>
        ) : (
          <SubmitButton look="secondary" pending={pending}>
            {label}
          </SubmitButton>
        )}
      </span>
      {/* The label changes on the focused button, which screen readers do not announce. */}
      <span aria-live="polite" className="sr-only">
        {before?.ok && (isPaused ? "It is paused." : "It is active.")}
      </span>
      {before?.ok && isPaused && (
        <ForAWhile seconds={10} className="order-last basis-full">
          <Notice kind="good" title="It is paused">
            <SubmitButton look="secondary" pending={pending} className="self-start">
              Undo
            </SubmitButton>
          </Notice>
        </ForAWhile>
      )}
      {error && (
        <div className="basis-full">
          <RefusalNotice error={error} />
        </div>
      )}
    </form>
  );
}
