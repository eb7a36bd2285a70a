"use client";

import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { Notice } from "@/components/ui/notice";
import { withheldParameter } from "@/lib/text/withheld-key";

/**
 * Keeps API keys out of addresses: a search for a key is refused at its field before it is sent. Without script the
 * server removes the key from the address, and this component says so.
 */
export function KeysKeptOut() {
  const isWithheld = useSearchParams().get(withheldParameter) === "key";

  useEffect(() => {
    document.addEventListener("focusin", prepare);
    document.addEventListener("submit", refuseKeys, true);
    return () => {
      document.removeEventListener("focusin", prepare);
      document.removeEventListener("submit", refuseKeys, true);
    };
  }, []);

  if (!isWithheld) return null;
  return (
    <div className="mb-6">
      <Notice kind="warn" role="alert" title="This looks like an API key">
        <p>
          It was taken out of the address, and nothing was searched for. A key belongs in the field Username
          Or API Key only. If others have seen the address, revoke the key in Bitbucket.
        </p>
      </Notice>
    </div>
  );
}

// Loaded once a field is used: most visits search for nothing.
let guard: typeof import("@/lib/text/key-guard") | undefined;

async function load(): Promise<void> {
  guard = await import("@/lib/text/key-guard");
}

function prepare({ target }: FocusEvent): void {
  const form = target instanceof HTMLInputElement ? target.form : null;
  if (form && fillsAddress(form)) void load();
}

function refuseKeys(event: SubmitEvent): void {
  const { target: form, submitter } = event;
  if (!(form instanceof HTMLFormElement) || !fillsAddress(form)) return;
  if (guard === undefined) {
    stop(event);
    // If it cannot be loaded, the form goes to the server, which keeps keys out of addresses too.
    load().then(
      () => form.requestSubmit(submitter),
      () => form.submit(),
    );
    return;
  }
  const { isFreeOfKeys, keyRefused } = guard;
  const field = [...form.querySelectorAll("input")].find(({ value }) => !isFreeOfKeys(value));
  if (!field) return;
  stop(event);
  field.setCustomValidity(keyRefused);
  field.reportValidity();
  field.addEventListener("input", () => field.setCustomValidity(""), { once: true });
}

function stop(event: SubmitEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

// A GET form puts its fields into the address. React's own forms have a script as their action.
function fillsAddress(form: HTMLFormElement): boolean {
  return form.method === "get" && !form.getAttribute("action")?.startsWith("javascript:");
}
