import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { z } from "zod";
import { parseTrustedProxies } from "@/lib/text/trusted-proxies";

/** A whole number of milliseconds or bytes within sensible bounds. */
const whole = (unit: string, least: number, most: number) => {
  const message = `must be a whole number of ${unit} from ${least} to ${most}`;
  return z.coerce.number({ error: message }).int(message).min(least, message).max(most, message);
};

const onOff = z.enum(["on", "off"], { error: "must be on or off" });

/** Each limit must fit into the next: a longer limit inside a shorter one would never be reached. */
const nested = [
  ["EGRESS_HEADERS_MS", "EGRESS_ANSWER_MS"],
  ["EGRESS_ANSWER_MS", "EGRESS_CHECK_MS"],
] as const;

const environmentSchema = z
  .object({
    PORT: z.coerce
      .number({ error: "must be a port number from 1 to 65535" })
      .int("must be a port number from 1 to 65535")
      .min(1, "must be a port number from 1 to 65535")
      .max(65_535, "must be a port number from 1 to 65535")
      .default(3000),
    BIND: z
      .string()
      .refine((text) => isIP(text) !== 0, "must be an address of this machine such as 127.0.0.1 or ::1")
      .optional(),
    APP_ORIGIN: z
      .string()
      .refine(
        isOrigin,
        "must be an origin such as https://latchkey.example.com, with no path and no trailing slash",
      )
      .optional(),
    TRUSTED_PROXIES: z
      .string()
      .refine(
        (text) => parseTrustedProxies(text) !== null,
        "must be a number of proxies from 0 to 16, or their addresses and ranges such as 10.0.0.0/8",
      )
      .default(""),
    DATABASE_URL: z
      .string()
      .refine(isPostgresUrl, "must be a PostgreSQL address such as postgres://user@host:5432/latchkey")
      .optional(),
    DATA_DIR: z.string().min(1, "must name a folder").default(".data"),
    AUTH_SECRET: z.string().min(32, "must be at least 32 characters of random text").optional(),
    SECRET_KEYS: z.string().min(1, "must look like k1:<base64, 32 bytes>").optional(),
    SIGN_UP: z
      .enum(["open", "invite", "closed"], { error: "must be open, invite or closed" })
      .default("open"),
    EGRESS_MODE: z.enum(["open", "allowlist"], { error: "must be open or allowlist" }).default("open"),
    EGRESS_ALLOW: z.string().default(""),
    EGRESS_LOOPBACK: onOff.default("off"),
    EGRESS_PLAIN_HTTP: z.string().default(""),
    EGRESS_PROXY: z
      .string()
      .refine(
        isProxySetting,
        "must be off, environment, or a proxy such as http://user:password@proxy.example.com:3128",
      )
      .optional(),
    EGRESS_NO_PROXY: z.string().default(""),
    HTTPS_PROXY: z.string().optional(),
    NO_PROXY: z.string().default(""),
    EGRESS_CA_FILE: z.string().optional(),
    EGRESS_LOOK_UP_MS: whole("milliseconds", 100, 30_000).default(3_000),
    EGRESS_CONNECT_MS: whole("milliseconds", 100, 30_000).default(3_000),
    EGRESS_HEADERS_MS: whole("milliseconds", 100, 60_000).default(5_000),
    EGRESS_ANSWER_MS: whole("milliseconds", 100, 60_000).default(10_000),
    EGRESS_CHECK_MS: whole("milliseconds", 1_000, 60_000).default(20_000),
    EGRESS_QUEUE_MS: whole("milliseconds", 100, 60_000).default(10_000),
    EGRESS_BODY_BYTES: whole("bytes", 65_536, 67_108_864).default(1_048_576),
    EGRESS_HEADER_BYTES: whole("bytes", 4_096, 1_048_576).default(16_384),
    SMTP_URL: z
      .string()
      .refine(
        isMailServer,
        "must be a mail server such as smtp://user:password@mail.example.com:587 or smtps://…",
      )
      .optional(),
    MAIL_FROM: z
      .string()
      .refine(
        (text) => /^(?:[^<>\r\n]+<[^\s<>@,]+@[^\s<>@,]+>|[^\s<>@,]+@[^\s<>@,]+)$/.test(text),
        "must be an address such as latchkey@example.com or Latchkey <latchkey@example.com>",
      )
      .optional(),
    WORKER: z.enum(["inline", "off"], { error: "must be inline or off" }).default("inline"),
    DRAIN_SECONDS: z.coerce
      .number({ error: "must be a number of seconds from 0 to 60" })
      .min(0, "must be a number of seconds from 0 to 60")
      .max(60, "must be a number of seconds from 0 to 60")
      .default(5),
    LOG_LEVEL: z
      .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
        error: "must be trace, debug, info, warn, error, fatal or silent",
      })
      .default("info"),
  })
  .superRefine((value, context) => {
    for (const [inner, outer] of nested) {
      if (value[inner] <= value[outer]) continue;
      context.addIssue({ code: "custom", path: [inner], message: `must not be longer than ${outer}` });
    }
    if (value.SMTP_URL && !value.MAIL_FROM) {
      context.addIssue({ code: "custom", path: ["MAIL_FROM"], message: "must be set when SMTP_URL is set" });
    }
    if (!value.DATABASE_URL) return;
    for (const name of ["AUTH_SECRET", "SECRET_KEYS"] as const) {
      if (value[name]) continue;
      context.addIssue({ code: "custom", path: [name], message: "must be set when DATABASE_URL is set" });
    }
  })
  .transform((value) => ({ ...value, APP_ORIGIN: value.APP_ORIGIN ?? `http://localhost:${value.PORT}` }));

/** The portal's settings, validated; see the README for the meaning of each. */
export type Environment = z.output<typeof environmentSchema>;

/** Thrown if a variable is missing or wrong; the message has one line per variable that says what to do, without its value. */
export class EnvironmentError extends Error {
  override name = "EnvironmentError";
}

const variableNames = Object.keys(environmentSchema.in.shape);

/** Validates `source`; an empty value counts as unset, and `NAME_FILE` names a file that holds the value of `NAME`. Throws `EnvironmentError`. */
export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const problems: string[] = [];
  const given: Record<string, string> = {};
  for (const name of variableNames) {
    // They are not secret, and are read before this: from a file, they would change the origin but not the listener.
    const file = name === "PORT" || name === "BIND" ? undefined : source[`${name}_FILE`];
    const value = source[name] || fromElsewhere(name, source) || readValueFile(name, file, problems);
    if (value) given[name] = value;
  }
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`));
  }
  if (!parsed.success || problems.length > 0) {
    throw new EnvironmentError(`Latchkey cannot start:\n${problems.map((line) => `  ${line}`).join("\n")}`);
  }
  return parsed.data;
}

let environment: Environment | undefined;

/** The process's settings, read on first use: a build needs none. Throws `EnvironmentError`. */
export function env(): Environment {
  if (environment) return environment;
  environment = parseEnvironment(process.env);
  // next-auth reads its own URL from this variable only; without it, it would trust the Host header.
  process.env.NEXTAUTH_URL = environment.APP_ORIGIN;
  return environment;
}

/** True in a production build; affects developer conveniences only, never security. */
export const isProduction = process.env.NODE_ENV === "production";

function readValueFile(name: string, path: string | undefined, problems: string[]): string | undefined {
  if (!path) return undefined;
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    problems.push(`${name}_FILE names a file that cannot be read`);
    return undefined;
  }
}

/** These two are written in either case, also in the environments of other programs. */
function fromElsewhere(name: string, source: Record<string, string | undefined>): string | undefined {
  return name === "HTTPS_PROXY" || name === "NO_PROXY" ? source[name.toLowerCase()] : undefined;
}

function isProxySetting(text: string): boolean {
  if (text === "off" || text === "environment") return true;
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && hostname !== "" && pathname === "/" && search === "" && hash === "";
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

function isMailServer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return /^smtps?:$/.test(protocol) && hostname !== "";
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);
}
