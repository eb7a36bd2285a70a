import { withoutKeys } from "@/lib/text/key-guard";
import type { FieldErrors, Refusal } from "./errors";

/**
 * The result of every server action. `typed` returns what the user typed, by field name, so that a page without
 * JavaScript can show it again; fields that hold or may hold a secret are never in it.
 */
export type ActionResult<Data, Detail = never> =
  | { readonly ok: true; readonly data: Data }
  | {
      readonly ok: false;
      readonly error: {
        readonly code: Refusal["code"];
        readonly message: string;
        readonly fieldErrors: FieldErrors;
        readonly requestId: string;
        readonly detail?: Detail;
      };
      readonly typed: Readonly<Record<string, string>>;
    };

/** A server action as forms bind it; the previous result does not affect the next. */
export type FormAction<Data, Detail = never> = (
  previous: unknown,
  form: FormData,
) => Promise<ActionResult<Data, Detail>>;

/** A handler's own result, before the pipeline adds its parts. */
export type Outcome<Data, Detail> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly refusal: Refusal; readonly detail?: Detail };

/** A handler's success. */
export function done<Data>(data: Data): Outcome<Data, never> {
  return { ok: true, data };
}

/** A handler's expected refusal: a value, not an exception. */
export function refused<Detail = never>(refusal: Refusal, detail?: Detail): Outcome<never, Detail> {
  return detail === undefined ? { ok: false, refusal } : { ok: false, refusal, detail };
}

/**
 * For an action's `keep`: the text fields of these names, as typed; empty if they contain an API key. Name no field
 * meant for a secret.
 */
export function keepFields(...names: string[]): (form: FormData) => Record<string, string> {
  return (form) => Object.fromEntries(names.map((name) => [name, withoutKeys(textField(form, name))]));
}

/** A text field of a form; empty if it is absent or a file. */
export function textField(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
