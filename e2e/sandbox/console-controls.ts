import { z } from "zod";
import { allKeys } from "./accounts";
import { type Answer, json } from "./answer";
import { type ConsoleRequest, done, fieldsOf } from "./console-request";
import type { Instance } from "./instance";
import type { SandboxState } from "./state";
import { isChange } from "./world/changes";
import { writtenOn } from "./written";

/** GET counters.json?instance=: what the server was asked since it was reset or its counters were cleared. */
export function showCounters(state: SandboxState, query: URLSearchParams): Answer {
  const instance = state.find(query.get("instance") ?? "/");
  if (!instance) return json(404, { error: "no such instance" });
  return json(200, instance.counters.report(), { "Cache-Control": "no-store" });
}

/** GET written.json?instance=: what stands on the server because somebody wrote it. */
export function showWritten(state: SandboxState, query: URLSearchParams): Answer {
  const instance = state.find(query.get("instance") ?? "/");
  if (!instance) return json(404, { error: "no such instance" });
  return json(200, writtenOn(instance), { "Cache-Control": "no-store" });
}

const instanceSchema = z.looseObject({ instance: z.string().default("/") });

/** POST clear-counters {instance}. */
export function clearCounters(state: SandboxState, request: ConsoleRequest): Answer {
  return forInstance(state, request, (instance) => instance.counters.clear());
}

const changeSchema = z.looseObject({ change: z.string() });

/** POST changes {instance, change, …}: one of the changes of world/changes.ts; tells what it made. */
export function changeContent(state: SandboxState, request: ConsoleRequest): Answer {
  return forInstance(state, request, (instance, fields) => {
    const { change, ...given } = changeSchema.parse(fields);
    if (!isChange(change)) throw new RangeError(`there is no change ${change}`);
    // Its schema looks at what was given; a program may send anything.
    return instance.change(change, given as never);
  });
}

const count = z.number().int().min(0).max(1_000_000);
/** Which writes a fault meets. */
const which = {
  atCall: count.min(1).optional(),
  times: count.min(1).optional(),
  rate: z.number().min(0).max(1).optional(),
  seed: count.optional(),
};
const disturbanceSchema = z.discriminatedUnion("disturbance", [
  z.object({ disturbance: z.literal("revokeKey"), key: z.string(), afterCalls: count.default(0) }),
  z.object({ disturbance: z.literal("restoreKey"), key: z.string() }),
  z.object({
    disturbance: z.literal("cutConnection"),
    midway: z.boolean().optional(),
    afterWrite: z.boolean().optional(),
    beforeWrite: z.boolean().optional(),
    ...which,
  }),
  z.object({
    disturbance: z.literal("failWrites"),
    status: z.literal([429, 500, 502, 503, 504]),
    afterWrite: z.boolean().optional(),
    retryAfterSeconds: count.optional(),
    ...which,
  }),
  z.object({
    disturbance: z.literal("beUnavailable"),
    calls: count.optional(),
    ms: count.optional(),
    retryAfterSeconds: count.optional(),
  }),
]);

/** POST disturbances {instance, disturbance, …}: what is to go wrong. */
export function disturb(state: SandboxState, request: ConsoleRequest): Answer {
  return forInstance(state, request, (instance, fields) => {
    const wanted = disturbanceSchema.parse(fields);
    const { disturbances } = instance;
    switch (wanted.disturbance) {
      case "revokeKey":
        return disturbances.revokeKey(wanted.key, wanted.afterCalls);
      case "restoreKey":
        return disturbances.restoreKey(wanted.key);
      case "cutConnection":
        return disturbances.cutConnection(wanted);
      case "failWrites":
        return disturbances.failWrites(wanted);
      case "beUnavailable":
        return disturbances.beUnavailable(wanted, instance.now());
    }
  });
}

const keySchema = z.object({ key: z.string() });

/** POST revoke-key and restore-key {key}: on all servers, as they stand in for one company's. */
export function changeKey(
  state: SandboxState,
  request: ConsoleRequest,
  change: "revokeKey" | "restoreKey",
): Answer {
  const parsed = keySchema.safeParse(fieldsOf(request));
  if (!parsed.success) return json(400, { error: z.prettifyError(parsed.error) });
  const { key } = parsed.data;
  if (!allKeys.some(({ name }) => name === key)) return json(404, { error: "no such key" });
  for (const { disturbances } of state.instances) disturbances[change](key);
  return done(request);
}

/** Does something to the named server; bad fields and impossible changes are a 400 with the reason. */
function forInstance(
  state: SandboxState,
  request: ConsoleRequest,
  act: (instance: Instance, fields: object) => unknown,
): Answer {
  try {
    const { instance: name, ...fields } = instanceSchema.parse(fieldsOf(request));
    const instance = state.find(name);
    if (!instance) return json(404, { error: "no such instance" });
    return done(request, act(instance, fields));
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { error: z.prettifyError(error) });
    if (error instanceof RangeError) return json(400, { error: error.message });
    throw error;
  }
}
