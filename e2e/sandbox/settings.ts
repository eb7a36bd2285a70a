import { z } from "zod";

/** The settings of an instance that can change while it runs. */
export const settingsSchema = z.strictObject({
  version: z.string().regex(/^\d+\.\d+\.\d+$/, "a version such as 9.4.3"),
  state: z.enum(["RUNNING", "STARTING", "FIRST_RUN", "MAINTENANCE", "ERROR"]),
  /** Whether Basic authentication is allowed on API calls; 10.x refuses it unless an administrator switches it on. */
  basicAuth: z.boolean(),
  /** Whether anonymous callers see public projects. */
  publicAccess: z.boolean(),
  /** A proxy in front removes the Authorization header. */
  stripsAuthorization: z.boolean(),
  /** Every account may sign in but has no rights. */
  permitsNothing: z.boolean(),
  /** The names of people, projects and repositories attack pages, terminals and spreadsheets. */
  hostileNames: z.boolean(),
  /** 401 was recorded around 7.0, newer clients report 403. */
  captchaStatus: z.union([z.literal(401), z.literal(403)]),
  /** Whether a key may read its own record, and so its end date; most servers deny keys all records. */
  tellsKeysOfThemselves: z.boolean(),
  /** Whether a public service has the avatars instead of this server. */
  publicAvatars: z.boolean(),
  delayMs: z.number().int().min(0).max(600_000),
  /** The response time of the account directory: added to `delayMs` for every request with a credential. */
  signInDelayMs: z.number().int().min(0).max(600_000),
});

export type InstanceSettings = z.infer<typeof settingsSchema>;

/** The settings of an ordinary, healthy server; an instance only states its differences. */
export const ordinarySettings: InstanceSettings = {
  version: "9.4.3",
  state: "RUNNING",
  basicAuth: true,
  publicAccess: false,
  stripsAuthorization: false,
  permitsNothing: false,
  hostileNames: false,
  captchaStatus: 401,
  tellsKeysOfThemselves: false,
  publicAvatars: false,
  delayMs: 0,
  signInDelayMs: 0,
};
