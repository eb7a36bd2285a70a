import "server-only";
import { headers } from "next/headers";
import { RedirectType, redirect } from "next/navigation";
import type { z } from "zod";
import { findActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { databaseFaultOf } from "@/lib/db/fault";
import { faultWords } from "@/lib/http/fault-words";
import { currentOrigin } from "@/lib/http/origin";
import { isFromOwnOrigin } from "@/lib/http/own-origin";
import { currentRequestId } from "@/lib/http/request-id";
import type { ActionResult, FormAction, Outcome } from "./action-result";
import type { Actor, Visitor } from "./actor";
import { env } from "./env";
import { AppError, type FieldErrors, type Refusal } from "./errors";
import { log } from "./log";
import { actionLimit, consume } from "./rate-limit";

type Options<Data> = {
  /** The typed values to return after a refusal, by field name; nothing that is or may be a secret. */
  keep?: (form: FormData) => Record<string, string>;
  /** Where to go after a success; the same for a plain form post and for one by JavaScript. */
  redirectTo?: (data: Data) => string;
  /** True if going back after a success leads to the page of the button: it is not a form to fill in again. */
  staysInHistory?: boolean;
};

/**
 * A server action of a signed-in user. The one pipeline: origin, actor, rate limit, zod, handler, mapped result.
 * Returns expected refusals as values; logs unexpected errors and returns INTERNAL with the request id.
 */
export function defineAction<Schema extends z.ZodType, Data, Detail = never>(
  schema: Schema,
  handler: (actor: Actor, input: z.output<Schema>) => Promise<Outcome<Data, Detail>>,
  options: Options<Data> = {},
): FormAction<Data, Detail> {
  return definePipeline(schema, requireSignedIn, handler, options);
}

/** The same pipeline for visitors: sign-up and sign-out only. */
export function defineVisitorAction<Schema extends z.ZodType, Data, Detail = never>(
  schema: Schema,
  handler: (visitor: Visitor, input: z.output<Schema>) => Promise<Outcome<Data, Detail>>,
  options: Options<Data> = {},
): FormAction<Data, Detail> {
  return definePipeline(schema, async (visitor) => visitor, handler, options);
}

function definePipeline<Schema extends z.ZodType, Who, Data, Detail>(
  schema: Schema,
  admit: (visitor: Visitor) => Promise<Who>,
  handler: (who: Who, input: z.output<Schema>) => Promise<Outcome<Data, Detail>>,
  options: Options<Data>,
): FormAction<Data, Detail> {
  return async (_previous, form) => {
    const requestId = await currentRequestId();
    const refuse = (refusal: Refusal, detail?: Detail): ActionResult<Data, Detail> => ({
      ok: false,
      error: {
        code: refusal.code,
        message: refusal.message,
        fieldErrors: refusal.fieldErrors ?? {},
        requestId,
        ...(detail === undefined ? {} : { detail }),
      },
      typed: form instanceof FormData ? (options.keep?.(form) ?? {}) : {},
    });

    const answer = await (async (): Promise<Outcome<Data, Detail>> => {
      await requireOwnOrigin();
      const who = await admit({ requestId, origin: await currentOrigin() });
      const parsed = await schema.safeParseAsync(readForm(form));
      if (!parsed.success) return { ok: false, refusal: invalidInput(parsed.error) };
      return handler(who, parsed.data);
    })().catch(
      (error: unknown): Outcome<Data, Detail> => ({ ok: false, refusal: refusalOf(error, requestId) }),
    );

    if (!answer.ok) return refuse(answer.refusal, answer.detail);
    // Outside the catch, because Next's redirect is an exception. Replaces the form in the history: going back after
    // a save must not open an empty form.
    if (options.redirectTo) {
      const how = options.staysInHistory ? RedirectType.push : RedirectType.replace;
      redirect(options.redirectTo(answer.data), how);
    }
    return answer;
  };
}

async function requireOwnOrigin(): Promise<void> {
  if (isFromOwnOrigin(await headers(), env().APP_ORIGIN)) return;
  throw new AppError({
    code: "FOREIGN_ORIGIN",
    message: `This request did not come from the portal's own pages. Open the portal at ${env().APP_ORIGIN} and try again.`,
  });
}

async function requireSignedIn(): Promise<Actor> {
  const actor = await findActor();
  if (!actor) {
    throw new AppError({
      code: "UNAUTHENTICATED",
      message: "Your session has ended. Sign in again in another tab; what you typed here stays.",
    });
  }
  await consume(await database(), actionLimit, actor.userId);
  return actor;
}

// A crafted call can pass anything as the form; the schema validates it.
function readForm(form: unknown): unknown {
  return form instanceof FormData ? Object.fromEntries(form) : form;
}

function invalidInput(error: z.ZodError): Refusal {
  const fieldErrors: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = issue.path.join(".");
    // Only the first error of a field is shown.
    fieldErrors[field] ??= issue.message;
  }
  return {
    code: "INVALID_INPUT",
    message: "Some fields need your attention.",
    fieldErrors: fieldErrors satisfies FieldErrors,
  };
}

function refusalOf(error: unknown, requestId: string): Refusal {
  if (error instanceof AppError) return error;
  const fault = databaseFaultOf(error);
  log().error({ err: error, requestId, fault }, "an action failed unexpectedly");
  if (fault) return { code: "UNAVAILABLE", message: `${faultWords[fault].message} (${requestId})` };
  return {
    code: "INTERNAL",
    message: `Something went wrong on our side and nothing was saved. Try again; if it stays, tell the portal's administrator the number ${requestId}.`,
  };
}
