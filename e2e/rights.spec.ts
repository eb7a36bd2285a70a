import { setTimeout as sleep } from "node:timers/promises";
import { mayOnCredential } from "@/lib/credentials/policy";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import { mayOnTeam, standingsOf } from "@/lib/teams/policy";
import type { Asks } from "@/lib/testing/register/entry";
import { type ActionRow, actionRows, lastRows } from "@/lib/testing/register/every-action";
import { type RouteRow, routeRows } from "@/lib/testing/register/every-route";
import { expect, test } from "./fixtures";
import {
  makeFixture,
  type PrincipalName,
  principals,
  type RightsFixture,
  type Things,
} from "./rights-fixture";
import { callAction } from "./server-actions";

const names = Object.keys(principals) as PrincipalName[]; // Object.keys loses the names' type.
const kindsOfId = ["own", "granted", "other's", "random", "malformed"] as const;
type KindOfId = (typeof kindsOfId)[number];

/** The policy's answer: no session, invisible, visible but refused, or allowed. */
type ExpectedAnswer = "no session" | "absent" | "refused" | "allowed";

function verdictOf(asks: Asks, name: PrincipalName, kind: KindOfId): ExpectedAnswer {
  const is = principals[name];
  if (asks.of === "anyone") return "allowed";
  if (is === null) return "no session";
  if (asks.of === "signed-in") return "allowed";
  if (asks.of === "portal administrator") return name === "portal administrator" ? "allowed" : "absent";
  const exists = kind === "own" || kind === "granted" || kind === "other's";
  if (asks.of === "team") {
    const role =
      kind === "own" ? "owner" : kind === "granted" && is.team !== "administrator" ? is.team : null;
    const standings = exists ? standingsOf(role, name === "portal administrator") : [];
    if (standings.length === 0) return "absent";
    return mayOnTeam(standings, asks.to) ? "allowed" : "refused";
  }
  if (asks.of === "credential") {
    const role = kind === "own" ? "owner" : kind === "granted" ? is.credential : null;
    if (role === null) return "absent";
    return mayOnCredential(role, asks.to) ? "allowed" : "refused";
  }
  const role = kind === "own" ? "owner" : kind === "granted" ? is.endpoint : null;
  if (role === null) return "absent";
  return mayOnEndpoint(role, asks.to) ? "allowed" : "refused";
}

function idOf(fixture: RightsFixture, of: keyof Things, name: PrincipalName, kind: KindOfId): string {
  if (kind === "malformed") return "not-an-id";
  const things = {
    own: fixture.own[name],
    granted: fixture.granted,
    "other's": fixture.others,
    random: undefined,
  }[kind];
  return things?.[of] ?? crypto.randomUUID();
}

const nouns = { credential: "credential", endpoint: "source or destination", team: "team" };

function isThing(of: string): of is keyof Things {
  return of in nouns;
}

/** The answers that an action may give for a verdict. */
function answersFor(row: ActionRow, verdict: ExpectedAnswer, kind: KindOfId): readonly string[] {
  if (verdict === "no session") return ["UNAUTHENTICATED"];
  if (verdict === "allowed") return row.passes;
  if (verdict === "refused") return ["NOT_ALLOWED"];
  if (!isThing(row.of))
    return ["NOT_FOUND person", "NOT_FOUND page", "NOT_FOUND server", "NOT_FOUND invitation"];
  // A malformed id is refused by its form, for every user alike.
  return [`NOT_FOUND ${nouns[row.of]}`, ...(kind === "malformed" ? ["INVALID_INPUT"] : [])];
}

function isAmong(answer: string, allowed: readonly string[]): boolean {
  return allowed.some((one) => answer === one || answer.startsWith(`${one} `));
}

/** Calls as this user. On a quick machine the matrix makes more calls in a minute than one user may: those wait. */
async function callWhenAllowed(fixture: RightsFixture, row: ActionRow, name: PrincipalName, id: string) {
  for (;;) {
    const answer = await callAction(fixture.clients[name], row.action, row.fields(id, fixture));
    if (answer.code !== "RATE_LIMITED") return answer;
    await sleep(2_000);
  }
}

async function expectAnswer(
  fixture: RightsFixture,
  row: ActionRow,
  name: PrincipalName,
  kind: KindOfId,
  id: string,
) {
  const { code, detail } = await callWhenAllowed(fixture, row, name, id);
  const answer = `${code} ${detail}`.trim();
  const allowed = answersFor(row, verdictOf(row, name, kind), kind);
  expect(isAmong(answer, allowed), `${row.action}, ${name}, ${kind}: ${answer} instead of ${allowed}`).toBe(
    true,
  );
}

/** The status that a page may have for a verdict. */
function statusFor(row: RouteRow, verdict: ExpectedAnswer): number {
  if (verdict === "no session") return row.withoutSession ?? 307;
  if (verdict === "allowed") return row.gives ?? 200;
  if (verdict === "refused") return row.weak === "told" ? 200 : 404;
  return 404;
}

/** Expects a redirect to sign-in, and from there back to `address`, whether the address exists or not. */
function expectWayBack(answer: Response, address: string): void {
  const location = new URL(answer.headers.get("location") ?? "", "http://localhost");
  expect(location.pathname, address).toBe("/sign-in");
  expect(location.searchParams.get("callbackUrl")).toBe(address);
}

test("46 principal × page × id: over HTTP every answer is the policy's", async ({
  administrator,
  anotherUser,
  sandbox,
}) => {
  test.setTimeout(300_000);
  const fixture = await makeFixture(administrator, anotherUser, sandbox);
  for (const row of routeRows) {
    for (const name of names) {
      for (const kind of isThing(row.asks.of) ? kindsOfId : (["random"] as const)) {
        const id = isThing(row.asks.of) ? idOf(fixture, row.asks.of, name, kind) : fixture.spare;
        const address = row.address(id);
        const answer = await fixture.clients[name].get(address);
        await answer.arrayBuffer();
        const verdict = verdictOf(row.asks, name, kind);
        if (row.asks.of === "anyone") expect(answer.status, address).toBeLessThan(500);
        else expect(answer.status, `${row.route}, ${name}, ${kind}`).toBe(statusFor(row, verdict));
        if (verdict === "no session" && answer.status === 307) expectWayBack(answer, address);
      }
    }
  }
});

test("46 principal × action × id: over HTTP every answer is the policy's", async ({
  administrator,
  anotherUser,
  sandbox,
}) => {
  test.setTimeout(300_000);
  const fixture = await makeFixture(administrator, anotherUser, sandbox);
  for (const row of actionRows) {
    for (const name of row.of === "anyone" ? (["nobody"] as const) : names) {
      for (const kind of isThing(row.of) ? kindsOfId : (["random"] as const)) {
        const id = isThing(row.of) ? idOf(fixture, row.of, name, kind) : "";
        await expectAnswer(fixture, row, name, kind, id);
      }
    }
  }

  for (const row of lastRows) {
    for (const name of names) {
      for (const kind of kindsOfId) {
        // Each user with the right to delete gets an item of their own to delete.
        const isDeletion =
          row.of === "endpoint" && kind === "granted" && verdictOf(row, name, kind) === "allowed";
        const id = isThing(row.of) ? idOf(fixture, row.of, name, kind) : "";
        await expectAnswer(fixture, row, name, kind, isDeletion ? await fixture.shareAnotherEndpoint() : id);
      }
    }
  }
});
