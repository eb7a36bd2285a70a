import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, servers, serverTrusts } from "@/drizzle/schema";
import type { VerifiedOutcome } from "@/lib/connectors/types";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { describeCertificate } from "@/lib/egress/presented-certificate";
import { parseKeyStart } from "@/lib/paging";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { makeCertificate, type TestCertificateOptions } from "@/lib/testing/certificates";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { followBothWays } from "@/lib/testing/pages";
import { addTrust, endTrust } from "./mutations";
import { listServers, listTrusts, serversPerPage } from "./queries";
import { egressPolicyFor } from "./trusted-egress";

const origin = "https://bitbucket.example.com";

async function certificate(options: Partial<TestCertificateOptions> = {}) {
  const made = await makeCertificate({ name: "Company authority", isAuthority: true, ...options });
  const described = describeCertificate(made.cert);
  if (!described) throw new Error("the certificate that was just made cannot be read");
  return described;
}

const trustsOf = async (db: Db, baseUrl: string) => (await egressPolicyFor(db, baseUrlAt(baseUrl))).trusts;

describe("trusting a certificate for a server", () => {
  it("counts for its origin, whatever the context path, from the next call on, and for no other origin", () =>
    withRollback(async (db) => {
      const administrator = await somebody(db, "administrator");
      const [authority, pinned] = [await certificate(), await certificate({ isAuthority: false })];
      await addTrust(db, administrator, { origin, kind: "authority", certificate: authority });
      await addTrust(db, administrator, { origin, kind: "pin", certificate: pinned });
      const trusted = { origin, authorities: [authority.pem], pins: [pinned.sha256] };
      expect(await trustsOf(db, origin)).toEqual([trusted]);
      expect(await trustsOf(db, `${origin}/bitbucket`)).toEqual([trusted]);
      for (const other of [`${origin}:8443`, "https://example.com", "http://bitbucket.example.com"]) {
        expect(await trustsOf(db, other)).toEqual([{ origin: other, authorities: [], pins: [] }]);
      }
    }));

  it("ends for the next call, and stays in the list of what was, with who and when", () =>
    withRollback(async (db) => {
      const [one, other] = [await somebody(db, "administrator"), await somebody(db, "administrator")];
      const id = await addTrust(db, one, { origin, kind: "authority", certificate: await certificate() });
      await endTrust(db, other, id);
      expect(await trustsOf(db, origin)).toEqual([{ origin, authorities: [], pins: [] }]);
      expect(await listTrusts(db, one, origin)).toMatchObject([
        { id, subject: "CN=Company authority", addedBy: one.name, ended: { by: other.name } },
      ]);
      await expect(endTrust(db, one, id)).rejects.toMatchObject({ code: "CONFLICT" });
    }));

  it("is done once: a second time it conflicts, until the first has ended", () =>
    withRollback(async (db) => {
      const administrator = await somebody(db, "administrator");
      const trust = { origin, kind: "authority", certificate: await certificate() } as const;
      const id = await addTrust(db, administrator, trust);
      await expect(addTrust(db, administrator, trust)).rejects.toMatchObject({ code: "CONFLICT" });
      await expect(addTrust(db, administrator, { ...trust, kind: "pin" })).rejects.toMatchObject({
        code: "CONFLICT",
      });
      await endTrust(db, administrator, id);
      await addTrust(db, administrator, trust);
      expect(await db.$count(serverTrusts)).toBe(2);
    }));

  it.each([
    ["has ended", "pin", { days: [-9, -1] }],
    ["has not begun", "authority", { days: [1, 9] }],
    ["is no authority", "authority", { isAuthority: false }],
  ] as const)("is refused where it could not help: the certificate %s", (_why, kind, options) =>
    withRollback(async (db) => {
      const administrator = await somebody(db, "administrator");
      const adding = addTrust(db, administrator, { origin, kind, certificate: await certificate(options) });
      await expect(adding).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await db.$count(serverTrusts)).toBe(0);
    }),
  );

  it("is for administrators: for all other users there is no such server and no such trust", () =>
    withRollback(async (db) => {
      const [administrator, member] = [await somebody(db, "administrator"), await somebody(db)];
      const trust = { origin, kind: "authority", certificate: await certificate() } as const;
      const id = await addTrust(db, administrator, trust);
      for (const attempt of [
        () => addTrust(db, member, trust),
        () => endTrust(db, member, id),
        () => listServers(db, member, { text: "", start: null }),
        () => listTrusts(db, member, origin),
        () => endTrust(db, administrator, randomUUID()),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: "NOT_FOUND" });
      }
      expect(await trustsOf(db, origin)).toMatchObject([{ pins: [], authorities: [trust.certificate.pem] }]);
    }));

  it("is in the audit log, its end as well, with the certificate's SHA-256", () =>
    withRollback(async (db) => {
      const administrator = await somebody(db, "administrator");
      const trusted = await certificate();
      const id = await addTrust(db, administrator, { origin, kind: "pin", certificate: trusted });
      await endTrust(db, administrator, id);
      const events = await db
        .select({ event: auditEvents.event, details: auditEvents.details, actorId: auditEvents.actorId })
        .from(auditEvents)
        .where(eq(auditEvents.subjectId, id))
        .orderBy(asc(auditEvents.id));
      const details = { origin, kind: "pin", sha256: trusted.sha256 };
      expect(events).toEqual([
        { event: "server.trust-added", details, actorId: administrator.userId },
        { event: "server.trust-ended", details, actorId: administrator.userId },
      ]);
    }));
});

describe("the list of servers", () => {
  const meeting = (validTo: string): VerifiedOutcome => ({
    ...verified,
    certificate: { validFrom: "2026-01-01T00:00:00.000Z", validTo, sha256: "AA" },
  });

  it("has what the newest checks found, by origin, and servers for which only a trust is known", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const administrator = await somebody(db, "administrator");
      const validTo = "2027-03-01T00:00:00.000Z";
      for (const [path, outcome] of [
        ["/bitbucket", meeting(validTo)],
        ["/stash", null],
      ] as const) {
        await addCredential(
          db,
          owner,
          aCredential({ name: path, baseUrl: baseUrlAt(origin + path), outcome }),
        );
      }
      const refused = "https://refused.example.com:8443";
      const trust = { kind: "authority", certificate: await certificate() } as const;
      await addTrust(db, administrator, { origin: refused, ...trust });
      const ended = await addTrust(db, administrator, { origin: "https://ended.example.com", ...trust });
      await endTrust(db, administrator, ended);

      expect(await listServers(db, administrator, { text: "", start: null })).toEqual({
        items: [
          {
            origin,
            bitbuckets: [
              {
                baseUrl: `${origin}/bitbucket`,
                version: "9.4.3",
                answeredAt: expect.any(String),
                unreachableSince: null,
              },
              { baseUrl: `${origin}/stash`, version: null, answeredAt: null, unreachableSince: null },
            ],
            certificateEndsAt: validTo,
            liveTrusts: 0,
          },
          { origin: refused, bitbuckets: [], certificateEndsAt: null, liveTrusts: 1 },
        ],
        ...{ next: null, previous: null },
      });
    }));

  it("comes in pages that lead both ways, none of whose servers is shown twice or left out", () =>
    withRollback(async (db) => {
      const administrator = await somebody(db, "administrator");
      const wanted = Array.from(
        { length: 2 * serversPerPage + 3 },
        (_, index) => `https://s${1000 + index}.example`,
      );
      await db.insert(servers).values(wanted.flatMap((one) => [{ baseUrl: one }, { baseUrl: `${one}/b` }]));
      const follow = (text: string) =>
        followBothWays((given) => listServers(db, administrator, { text, start: parseKeyStart(given) }));
      expect((await follow("")).map(({ origin }) => origin)).toEqual(wanted);
      expect(await follow("s10")).toHaveLength(100);
      // A key that the database refuses is none of these.
      const start = parseKeyStart({ after: "https://\0" });
      expect((await listServers(db, administrator, { text: "", start })).items).toHaveLength(serversPerPage);
    }));
});
