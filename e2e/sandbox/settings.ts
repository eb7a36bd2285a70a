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
  /** Names of people, projects and repositories, titles, messages and comments attack pages, terminals, spreadsheets. */
  hostileNames: z.boolean(),
  /** 401 was recorded around 7.0, newer clients report 403. */
  captchaStatus: z.union([z.literal(401), z.literal(403)]),
  /** Whether a key may read its own record, and so its end date; most servers deny keys all records. */
  tellsKeysOfThemselves: z.boolean(),
  /** Whether a public service has the avatars instead of this server. */
  publicAvatars: z.boolean(),
  /** The largest page, lowered silently as an administrator may. */
  pageLimit: z.number().int().min(1).max(1000),
  /** Whether the numbers of rows have gaps in every list, as lists with unreadable rows have. */
  pageGaps: z.boolean(),
  /** How a last page says so: without nextPageStart, or with null; stuck pages never end, whatever start they get. */
  lastPage: z.enum(["absent", "null", "stuck"]),
  /** At least this many characters in the description of each pull request, to make pages heavy. */
  descriptionLength: z.number().int().min(0).max(40_000),
  /** The server's hard cap for lists of changed files: what lies beyond cannot be read. */
  maxChanges: z.number().int().min(1).max(10_000),
  /** By what "newer" is judged in lists of pull requests. */
  pullRequestOrder: z.enum(["created", "updated"]),
  /** Parts of routes that this server lacks, such as /insights/. */
  withoutRoutes: z.array(z.string().min(1)),
  /** Whether the request allowance of the two next settings is only told, or enforced too; off tells that there is none. */
  rateLimit: z.enum(["off", "told", "enforced"]),
  bucketCapacity: z.number().int().min(1).max(100_000),
  /** Requests that each account gets back per second. */
  bucketFillRate: z.number().min(0.001).max(100_000),
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
  pageLimit: 1000,
  pageGaps: false,
  lastPage: "absent",
  descriptionLength: 0,
  maxChanges: 1000,
  pullRequestOrder: "created",
  withoutRoutes: [],
  rateLimit: "told",
  bucketCapacity: 60,
  bucketFillRate: 5,
  delayMs: 0,
  signInDelayMs: 0,
};
