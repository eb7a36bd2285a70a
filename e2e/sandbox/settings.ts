import { z } from "zod";

/** What can be changed about an instance while it runs. */
export const settingsSchema = z.strictObject({
  version: z.string().regex(/^\d+\.\d+\.\d+$/, "a version such as 9.4.3"),
  state: z.enum(["RUNNING", "STARTING", "FIRST_RUN", "MAINTENANCE", "ERROR"]),
  /** Whether Basic authentication is allowed on API calls; 10.x refuses it unless an administrator switches it on. */
  basicAuth: z.boolean(),
  /** Whether anonymous callers see public projects. */
  publicAccess: z.boolean(),
  /** A proxy in front takes the Authorization header away. */
  stripsAuthorization: z.boolean(),
  /** Every account may sign in and is permitted nothing. */
  permitsNothing: z.boolean(),
  /** Names of people, projects and repositories are made to break pages, terminals and spreadsheets. */
  hostileNames: z.boolean(),
  /** 401 was recorded around 7.0, newer clients report 403. */
  captchaStatus: z.union([z.literal(401), z.literal(403)]),
  /** Whether a key may read its own record, and so when it ends; most servers keep all records from keys. */
  tellsKeysOfThemselves: z.boolean(),
  /** Whether pictures of people lie with a public service instead of this server. */
  publicAvatars: z.boolean(),
  delayMs: z.number().int().min(0).max(600_000),
  /** How long the directory of accounts takes: for every request with a credential, besides `delayMs`. */
  signInDelayMs: z.number().int().min(0).max(600_000),
});

export type InstanceSettings = z.infer<typeof settingsSchema>;

/** The settings of an ordinary, healthy server; an instance states only where it differs. */
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
