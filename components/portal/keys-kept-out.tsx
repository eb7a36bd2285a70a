"use client";

import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { Notice } from "@/components/ui/notice";
import { holdsApiKey } from "@/lib/text/api-key-shape";
import { withheldParameter } from "@/lib/text/key-free-address";
import { keyRefused } from "@/lib/text/key-guard";

/**
 * Keeps API keys out of addresses: a search for a key is refused at its field before it is sent. Without script the
 * server removes the key from the address, and this component says so.
 */
export function KeysKeptOut() {
  const isWithheld = useSearchParams().get(withheldParameter) === "key";

  useEffect(() => {
    document.addEventListener("submit", refuseKeys, true);
    return () => document.removeEventListener("submit", refuseKeys, true);
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

function refuseKeys(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !fillsAddress(form)) return;
  const field = [...form.querySelectorAll("input")].find(({ value }) => holdsApiKey(value));
  if (!field) return;
  event.preventDefault();
  event.stopPropagation();
  field.setCustomValidity(keyRefused);
  field.reportValidity();
  field.addEventListener("input", () => field.setCustomValidity(""), { once: true });
}

// A GET form puts its fields into the address. React's own forms have a script as their action.
function fillsAddress(form: HTMLFormElement): boolean {
  return form.method === "get" && !form.getAttribute("action")?.startsWith("javascript:");
}
