"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useEffect, useRef, useTransition } from "react";
import { longestAddress, shortAddress, tooLongForAddress } from "@/lib/endpoints/writing-address";
import { DataFormPending } from "./pending";

type Props = {
  /** The step's own path. */
  path: string;
  /** The query that the page shows. */
  query: string;
  /** Controls whose change shows other fields, by name; a name that ends in a dot stands for all that begin so. */
  reloading: readonly string[];
  children: ReactNode;
};

const pauseMs = 250;
const typingPauseMs = 700;

/**
 * The form of the step Data: its fields stand in the address. Without script it is a plain GET form. With script some
 * changes show other fields at once, and no field loses the focus.
 */
export function DataForm({ path, query, reloading, children }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const own = useRef(sorted(query));
  const wasPressed = useRef(true);

  // Back and forward show another state of the same fields, which would keep what was typed since.
  useEffect(() => {
    if (own.current === sorted(query)) return;
    own.current = sorted(query);
    if (form.current) showState(form.current, new URLSearchParams(query));
  }, [query]);
  useEffect(() => () => clearTimeout(timer.current), []);

  // The button that was pressed may be far below the field with the error.
  useEffect(() => {
    if (pending || !wasPressed.current) return;
    wasPressed.current = false;
    firstWithError(form.current)?.focus();
  }, [pending]);

  function go(to: string, address: URLSearchParams, how: "push" | "replace") {
    clearTimeout(timer.current);
    if (address.toString().length > longestAddress) {
      sayTooLong(form.current);
      return;
    }
    own.current = sorted(address);
    wasPressed.current = how === "push";
    const [page = path, anchor] = to.split("#");
    startTransition(() =>
      router[how](`${page}?${address}${anchor ? `#${anchor}` : ""}`, {
        scroll: page !== path || anchor !== undefined,
      }),
    );
  }

  function onChange({ target, currentTarget }: FormEvent<HTMLFormElement>) {
    if (!isControl(target)) return;
    target.setCustomValidity("");
    if (!reloading.some((name) => (name.endsWith(".") ? target.name.startsWith(name) : target.name === name)))
      return;
    clearTimeout(timer.current);
    // Arrow keys pass over radio buttons on their way.
    const isTyped = target.matches("textarea, input:not([type=radio], [type=checkbox])");
    const waitMs = isTyped ? typingPauseMs : pauseMs;
    timer.current = setTimeout(() => go(path, addressIn(currentTarget, null), "replace"), waitMs);
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent; // A form only sends submit events.
    const to = submitter?.getAttribute("formaction") ?? path;
    go(to, addressIn(event.currentTarget, submitter), "push");
  }

  return (
    <form
      ref={form}
      action={path}
      method="get"
      noValidate
      onChange={onChange}
      onSubmit={onSubmit}
      aria-busy={pending}
      className="flex flex-col gap-8"
    >
      <DataFormPending value={pending}>{children}</DataFormPending>
    </form>
  );
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function isControl(target: EventTarget): target is Control {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement
  );
}

// The browser shows it at the field; the request would be refused before any page could say so.
function sayTooLong(form: HTMLFormElement | null): void {
  const texts = [
    ...(form?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea") ?? []),
  ];
  const [longest] = texts.sort((one, other) => other.value.length - one.value.length);
  longest?.setCustomValidity(`This text is too long. ${tooLongForAddress}`);
  longest?.reportValidity();
}

function firstWithError(form: HTMLFormElement | null): HTMLElement | null {
  const invalid = form?.querySelector<HTMLElement>("[aria-invalid=true]");
  if (invalid?.role !== "radiogroup") return invalid ?? null;
  return (
    invalid.querySelector<HTMLElement>(":checked") ?? invalid.querySelector<HTMLElement>("input:enabled")
  );
}

function showState(form: HTMLFormElement, address: URLSearchParams): void {
  form.reset();
  // React sets the default of a select only once.
  for (const select of form.querySelectorAll("select")) {
    const value = address.get(select.name);
    if (value !== null) select.value = value;
  }
}

// The page's query groups what stands several times.
function sorted(query: string | URLSearchParams): string {
  const address = new URLSearchParams(query);
  address.sort();
  return address.toString();
}

function addressIn(form: HTMLFormElement, submitter: HTMLElement | null): URLSearchParams {
  const address = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) {
    if (typeof value === "string") address.append(name, value);
  }
  return shortAddress(address);
}
