import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import * as schema from "../drizzle/schema";
import type { Db } from "../lib/db/types";
import type { RunRef } from "../lib/deliveries/types";
import type { Danger } from "../lib/mapping/types";
import { aDeliveryRun, giveDeliveries } from "../lib/testing/deliveries";
import { signUpSomebody } from "./fixtures";
import { seedCredential } from "./page-objects";
import { type Portal, startPortal } from "./portal";
import { makePortalHome, type PortalHome } from "./portal-home";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";
import { type User, withDatabase } from "./seeded-accounts";

/** A portal with destinations whose runs are over, with results of every kind. */
export type FilledPortal = {
  readonly portal: Portal;
  readonly user: User;
  readonly stranger: User;
  /** Writes comments; `dangerous` merges pull requests; `bare` was saved before there was a choice. */
  readonly comments: string;
  readonly dangerous: string;
  readonly bare: string;
  readonly write: RunRef;
  readonly dry: RunRef;
  /** The dry run of `dangerous`. */
  readonly merges: RunRef;
  readonly stop: () => Promise<void>;
};

/** A text as an unfriendly server would send it. */
export const hostileText = '<script>alert(1)</script> =HYPERLINK("x") \u202e\u0007';

/** Starts such a portal of its own; an embedded database is filled while none runs, because one process alone opens it. */
export async function startFilledPortal(
  sandbox: Sandbox,
  given?: PortalHome,
  signUp: (origin: string) => Promise<User> = signUpSomebody,
): Promise<FilledPortal> {
  const home = given ?? (await makePortalHome());
  const first = await startPortal(home.settings);
  const user = await signUp(first.origin);
  const stranger = await signUp(first.origin);
  const credentialId = await seedCredential(user, rightCredential(sandbox));
  const from = { user, credentialId, baseUrl: sandbox.url("/") };
  const isEmbedded = home.databaseUrl === "";
  if (isEmbedded) await first.stop();
  const filled = await fill(home, from);
  const port = Number(new URL(first.origin).port);
  const portal = isEmbedded ? await startPortal({ ...home.settings, port }) : first;
  const stop = async () => {
    await portal.stop();
    await home.remove();
  };
  return { portal, user, stranger, ...filled, stop };
}

type Given = { readonly user: User; readonly credentialId: string; readonly baseUrl: string };

async function fill(home: Parameters<typeof withDatabase>[0], { user, credentialId, baseUrl }: Given) {
  return withDatabase(home, async (db) => {
    const [owner] = await db
      .select({ id: schema.users.id })
      .from(schema.users)
      .where(eq(schema.users.email, user.email));
    const at = { ownerId: owner?.id ?? "", credentialId };
    const source = await anEndpoint(db, { ...at, direction: "source", name: "Review findings" });
    const input = { ...at, inputSourceId: source };
    const comments = await anEndpoint(db, { ...input, name: "Findings as comments", writing: commenting });
    const dangerous = await anEndpoint(db, { ...input, name: "Merge what is approved", writing: merging });
    const bare = await anEndpoint(db, { ...at, name: "From before" });
    const write = await aWritten(db, comments, baseUrl);
    return {
      comments,
      dangerous,
      bare,
      write,
      dry: await aDry(db, comments),
      merges: await aMerge(db, dangerous),
    };
  });
}

async function anEndpoint(
  db: Db,
  given: Pick<typeof schema.endpoints.$inferInsert, "ownerId" | "name"> &
    Partial<typeof schema.endpoints.$inferInsert>,
): Promise<string> {
  const id = randomUUID();
  await db
    .insert(schema.endpoints)
    .values({ id, direction: "destination", connector: "bitbucket-server", ...given });
  return id;
}

const commenting = {
  action: "pull-request-comment",
  mapping: {
    project: { from: "constant", value: "SHOP" },
    repository: { from: "constant", value: "storefront" },
    pullRequest: { from: "column", column: "pr" },
    text: { from: "text", text: "Finding: {{text}}" },
  },
  matchKey: { kind: "record" },
  allows: [],
} as const;

const merging = {
  action: "merge-pull-request",
  mapping: {
    project: { from: "constant", value: "SHOP" },
    repository: { from: "constant", value: "storefront" },
    pullRequest: { from: "column", column: "pr" },
  },
  matchKey: { kind: "record" },
  allows: ["merge"] as Danger[],
} as const;

const commentPath = "/rest/api/1.0/projects/SHOP/repos/storefront/pull-requests/7/comments";

function aComment(text: string) {
  return {
    requests: [{ method: "POST", path: commentPath, query: {}, body: { text } }],
    values: { project: "SHOP", repository: "storefront", pullRequest: 7, text },
    input: { pr: 7, text },
  } as const;
}

async function aWritten(db: Db, endpointId: string, baseUrl: string): Promise<RunRef> {
  const ends = (hour: number) => ({
    createdAt: new Date(Date.UTC(2026, 10, 28, hour)),
    startedAt: new Date(Date.UTC(2026, 10, 28, hour)),
    endedAt: new Date(Date.UTC(2026, 10, 28, hour, 2 + hour)),
  });
  for (const [hour, sent] of [
    [1, 40],
    [2, 90],
    [3, 0],
    [4, 66],
  ] as const) {
    const state = sent === 0 ? "failed" : "succeeded";
    await aDeliveryRun(db, endpointId, { ...ends(hour), state, taken: sent, sent });
  }
  const counts = { taken: 126, sent: 120, alreadyThere: 1, rejected: 2, skipped: 1, unknown: 1, held: 1 };
  const run = await aDeliveryRun(db, endpointId, { ...ends(9), ...counts, calls: 131, waitedMs: 4000 });
  const url = `${baseUrl}/projects/SHOP/repos/storefront/pull-requests/7/overview?commentId=`;
  await giveDeliveries(db, run, [
    ...Array.from({ length: 120 }, (_, index) => ({
      ...aComment(`Finding ${index + 1}`),
      ...{ key: `SHOP/storefront/${index + 1}`, answer: { id: index, url: `${url}${index}` } },
    })),
    { ...aComment("As before"), key: "SHOP/storefront/again", state: "already", status: null },
    {
      ...aComment("x".repeat(3000)),
      ...{ key: `long/${"k".repeat(495)}`, state: "rejected", status: 400 },
      problems: [
        { field: "text", message: hostileText },
        { field: null, message: `Too long: ${"w".repeat(2000)}` },
      ],
      cure: "Shorten the text, or map another column.",
      answer: { url: "https://elsewhere.example/phishing" },
    },
    {
      ...aComment("Gone"),
      ...{ key: hostileText, record: hostileText, state: "rejected", status: 404 },
      problems: [{ field: "pullRequest", message: "Pull request 7 does not exist in SHOP/storefront." }],
      cure: "Correct its number, or leave the record out.",
    },
    {
      ...{ key: "", state: "skipped", status: null, tries: 0, at: null },
      problems: [
        { field: "pullRequest", message: "“Pull request” is required, but the column “pr” is empty here." },
      ],
    },
    { ...aComment("Lost"), key: "SHOP/storefront/lost", state: "unknown", status: null, tries: 3 },
    { ...aComment("Later"), key: "SHOP/storefront/later", state: "held", status: null, tries: 0, at: null },
  ]);
  return run;
}

async function aDry(db: Db, endpointId: string): Promise<RunRef> {
  const counts = { taken: 64, wouldSend: 60, alreadyThere: 3, skipped: 1 };
  const run = await aDeliveryRun(db, endpointId, { kind: "dry-run", ...counts, calls: 3 });
  await giveDeliveries(db, run, [
    ...Array.from({ length: 60 }, (_, index) => ({
      ...aComment(`Finding ${index + 1} ${"with words ".repeat(40)}`),
      ...{ key: `SHOP/storefront/${index + 1}`, state: "would-send" as const, status: null, tries: 0 },
    })),
    ...Array.from({ length: 3 }, (_, index) => ({
      ...{ key: `SHOP/storefront/there-${index}`, state: "already" as const, status: null, tries: 0 },
    })),
    {
      ...{ key: "", state: "skipped", status: null, tries: 0 },
      problems: [
        { field: "pullRequest", message: "“Pull request” is required, but the column “pr” is empty here." },
      ],
    },
  ]);
  return run;
}

async function aMerge(db: Db, endpointId: string): Promise<RunRef> {
  const run = await aDeliveryRun(db, endpointId, {
    ...{ kind: "dry-run", state: "succeeded", taken: 12, wouldSend: 12 },
  });
  await giveDeliveries(
    db,
    run,
    Array.from({ length: 12 }, (_, index) => ({
      ...{ key: `SHOP/storefront/${index}`, state: "would-send" as const, status: null, tries: 0 },
      requests: [
        {
          ...{ method: "POST" as const, query: { version: 3 } },
          path: `/rest/api/1.0/projects/SHOP/repos/storefront/pull-requests/${index}/merge`,
        },
      ],
    })),
  );
  return run;
}
