import { saidOfTeams } from "./audit-sentences-of-teams";

const baseUrl = "https://git.example.com";
const noRules = { passwords: "allow", keysMustEnd: "no", longestDays: null };
const ended = {
  ...{ runId: "r1", name: "Commits", reason: null },
  ...{ received: 1200, added: 7, changed: 2, deleted: 1, calls: 3 },
};

const sending = {
  ...{ runId: "r1", name: "Comments", reason: null, calls: 3 },
  ...{ received: 0, added: 0, changed: 0, deleted: 0, skipped: 0, failed: 0 },
};
const counts = {
  ...{ taken: 10_000, wouldSend: 0, sent: 0, alreadyThere: 0 },
  ...{ rejected: 0, skipped: 0, unknown: 0, held: 0 },
};

/** The expected sentences about runs, undone ends, password resets, notices and administrators' proposals; names as in the test of sentences. */
export const saidOfEntries = {
  "server.policy-changed": [
    [
      { baseUrl: null, rules: { ...noRules, passwords: "refuse" }, previous: null },
      "For all servers: passwords refused; API keys with any end.",
    ],
    [
      {
        baseUrl: "https://bitbucket.example.com",
        rules: { passwords: "warn", keysMustEnd: "warn", longestDays: 90 },
        previous: noRules,
      },
      "For “https://bitbucket.example.com”: passwords warned of; API keys without a known end warned of, and warned of if they last more than 90 days. Before: passwords allowed; API keys with any end.",
    ],
    [
      { baseUrl: "https://bitbucket.example.com", rules: null, previous: noRules },
      "For “https://bitbucket.example.com”, the policy for all servers holds again.",
    ],
  ],
  "credential.secret-replaced": [
    [
      { secretVersion: 2, baseUrl, previousBaseUrl: baseUrl, method: "password", verdict: "unchecked" },
      `The secret is a password for “${baseUrl}” now, version 2. It was not checked.`,
    ],
    [
      {
        secretVersion: 2,
        baseUrl,
        previousBaseUrl: "https://old.example.com",
        method: "password",
        verdict: "verified",
      },
      `The secret is a password for “${baseUrl}” instead of “https://old.example.com” now, version 2. The server accepted it.`,
    ],
    [
      {
        ...{ secretVersion: 2, baseUrl, previousBaseUrl: baseUrl, method: "api-key", verdict: "verified" },
        isPreviousKept: true,
      },
      `The secret is an API key for “${baseUrl}” now, version 2. The server accepted it. The previous one is kept for 7 days.`,
    ],
    [
      {
        ...{ secretVersion: 3, baseUrl, previousBaseUrl: baseUrl, method: "api-key", verdict: "verified" },
        ...{ isPreviousKept: true, isPreviousDeleted: true },
      },
      `The secret is an API key for “${baseUrl}” now, version 3. The server accepted it. The previous one is kept for 7 days. The one that was kept before is deleted.`,
    ],
  ],
  "credential.secret-switched-back": [
    [
      { secretVersion: 3, baseUrl, method: "api-key", verdict: "verified" },
      `The previous secret, an API key for “${baseUrl}”, is in use again, as version 3. The server accepted it.`,
    ],
    [
      { secretVersion: 3, baseUrl, method: "api-key", verdict: "verified", isPreviousKept: true },
      `The previous secret, an API key for “${baseUrl}”, is in use again, as version 3. The server accepted it. The one that it replaced is kept for 7 days.`,
    ],
    [
      { secretVersion: 3, baseUrl, method: "password", verdict: "verified", isPreviousKept: false },
      `The previous secret, a password for “${baseUrl}”, is in use again, as version 3. The server accepted it. The one that it replaced is not kept.`,
    ],
  ],
  "credential.previous-secret-checked": [
    [
      { verdict: "rejected", reason: "SECRET_REJECTED", isDeleted: true },
      "The previous secret is no longer accepted by the server, and is deleted here.",
    ],
    [
      { verdict: "rejected", reason: "SECRET_REJECTED", isDeleted: false },
      "The previous secret is no longer accepted by the server.",
    ],
    [{ verdict: "verified", reason: null, isDeleted: false }, "The previous secret still works."],
    [
      { verdict: "nothing", reason: "TIMED_OUT", isDeleted: false },
      "With the previous secret: The server could not be asked. The server took too long to answer.",
    ],
  ],
  "credential.previous-secret-forgotten": [
    [{ method: "api-key" }, "The previous secret, an API key, was deleted before its time."],
  ],
  "user.restored": [
    [{ restoredSessions: 0 }, "The account is as it was before it was disabled."],
    [{ restoredSessions: 2 }, "The account is as it was before it was disabled; 2 sessions alive again."],
  ],
  "team.member-restored": [
    [{ userId: "u1", role: "owner" }, "“Robin” is an owner of the team again; the end of it was undone."],
  ],
  "user.reset-link-made": [
    [
      { resetId: "r1", hours: 24 },
      "A link that sets a new password once, within 24 hours. The person was told.",
    ],
  ],
  "user.reset-link-revoked": [[{ resetId: "r1" }, "The link that sets a new password works no more."]],
  "user.password-reset": [
    [
      { resetId: "r1", madeById: "u2", endedSessions: 2 },
      "Someone with the link that “Ana” made set a new password. 2 sessions ended.",
    ],
  ],
  "user.notifications-chosen": [
    [{ changes: 1 }, "The person changed one choice of what they hear about."],
    [{ changes: 2 }, "The person changed 2 choices of what they hear about."],
  ],
  "user.calendar-made": [
    [{}, "The person made an address at which programs read what ends. Only the newest one works."],
  ],
  "user.calendar-revoked": [[{}, "The person ended the address at which programs read what ends."]],
  "user.webhook-added": [
    [{ host: "hooks.example.com" }, "Messages to the person are posted to “hooks.example.com” now."],
  ],
  "user.webhook-removed": [
    [{ host: "hooks.example.com" }, "Messages are posted to “hooks.example.com” no more."],
  ],
  "user.webhook-tested": [
    [{ host: "hooks.example.com" }, "The person had a test posted to “hooks.example.com”."],
  ],
  "user.webhook-stopped": [
    [
      { host: "hooks.example.com", reason: "gone" },
      "The receiver at “hooks.example.com” said that it is gone.",
    ],
    [
      { host: "hooks.example.com", reason: "failing" },
      "For five days nothing arrived at “hooks.example.com”, so it was stopped.",
    ],
  ],
  ...saidOfTeams,
  "run.requested": [
    [{ runId: "r1", name: "Commits", mode: "new", trigger: "user" }, "A run of “Commits” was requested."],
    [
      { runId: "r1", name: "Commits", mode: "all", trigger: "schedule" },
      "The schedule of “Commits” requested a run that reads everything.",
    ],
    [
      { runId: "r1", name: "Comments", mode: "all", trigger: "user", kind: "write" },
      "A run of “Comments” was requested with all records.",
    ],
    [
      { runId: "r1", name: "Comments", mode: "all", trigger: "user", kind: "dry-run" },
      "A dry run of “Comments” was requested with all records.",
    ],
    [
      { runId: "r2", name: "Comments", mode: "new", trigger: "user", kind: "write", picked: "r1" },
      "A run of “Comments” was requested with results of an earlier run.",
    ],
  ],
  "run.cancelled": [[{ runId: "r1", name: "Commits" }, "The run of “Commits” is to stop."]],
  "run.ended": [
    [
      { ...ended, state: "succeeded", skipped: 0, failed: 0 },
      "The run of “Commits” succeeded after 3 calls: 1,200 records read, 7 new, 2 changed, 1 deleted.",
    ],
    [
      { ...ended, state: "incomplete", skipped: 1, failed: 2 },
      "The run of “Commits” ended incomplete after 3 calls: 1,200 records read, 7 new, 2 changed, 1 deleted. 1 part skipped, 2 failed.",
    ],
    [
      { ...sending, kind: "write", state: "incomplete", deliveries: { ...counts, sent: 9998, rejected: 2 } },
      "The run of “Comments” ended incomplete after 3 calls: 10,000 records, 9,998 sent, 2 rejected.",
    ],
    [
      { ...sending, kind: "dry-run", state: "succeeded", deliveries: { ...counts, taken: 0 } },
      "The dry run of “Comments” succeeded after 3 calls: 0 records.",
    ],
  ],
  "run.schedule-paused": [
    [
      { name: "Commits", failures: 20 },
      "The source “Commits” was paused by its schedule, after 20 failures in a row.",
    ],
  ],
  "deliveries.downloaded": [
    [
      { runId: "r1", name: "Comments", format: "csv", result: null, records: 1200, isComplete: true },
      "1,200 results of a run of “Comments” were downloaded as CSV.",
    ],
    [
      { runId: "r1", name: "Comments", format: "ndjson", result: "rejected", records: 1, isComplete: false },
      "1 result of a run of “Comments”, only “rejected”, was downloaded as NDJSON; the download broke off there.",
    ],
  ],
  "upload.received": [
    [
      { name: "comments.csv", format: "csv", bytes: 123456, records: 1 },
      "The file “comments.csv” with 1 record was uploaded as CSV, 123,456 bytes.",
    ],
  ],
  "dataset.downloaded": [
    [
      { name: "Commits", format: "csv", after: null, records: 1200, isComplete: true },
      "1,200 records of “Commits” were downloaded as CSV.",
    ],
    [
      { name: "Commits", format: "ndjson", after: 7, records: 1, isComplete: false },
      "1 record of “Commits”, changed since number 7, was downloaded as NDJSON; the download broke off there.",
    ],
  ],
} satisfies Record<string, readonly (readonly [details: object, sentence: string])[]>;

/** The expected sentences about data keys. */
export const saidOfKeys = {
  "keys.created": [[{}, "The portal made its first data key. The log begins here."]],
  "keys.rewrapped": [
    [
      { wrappingKey: "k2", done: 1, of: 3 },
      "A data key is wrapped by the key “k2” of SECRET_KEYS now: 1 of 3.",
    ],
  ],
  "keys.rotated": [
    [{ retiredDataKey: "4f1c" }, "A new data key seals from now on. The one before it, 4f1c, only opens."],
  ],
  "keys.resealed": [
    [{ secrets: 1 }, "One secret was sealed anew with the current data key."],
    [{ secrets: 100 }, "100 secrets were sealed anew with the current data key."],
  ],
} as const;
