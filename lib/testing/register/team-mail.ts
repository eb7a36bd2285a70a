import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { by, type DomainActions } from "./entry";

// A name that no mail server has (RFC 2606).
const email = "team@lists.invalid";

const mutations = () => import("@/lib/notifications/team-mail/mutations");

async function aTeamOf(db: Db, owner: Actor): Promise<string> {
  return (await import("@/lib/testing/teams")).aTeamOf(db, owner);
}

async function withMail(db: Db, owner: Actor) {
  const teamId = await aTeamOf(db, owner);
  await (await mutations()).addTeamMail(db, owner, { teamId, email });
  return { as: owner, form: { teamId } };
}

const withoutMail = {
  of: "team",
  to: "manageWebhook",
  fields: (teamId: string) => ({ teamId }),
  passes: ["NOT_FOUND address"],
} as const;

export const teamMailActions: DomainActions = {
  addTeamMailAction: {
    calls: [
      {
        of: "team",
        to: "manageWebhook",
        fields: (teamId) => ({ teamId, email }),
        // The portal of the matrix has no mail server.
        passes: ["UNAVAILABLE"],
      },
    ],
    leaves: ["team.mail-added"],
    limits: ["action", "mailed-address", "team-mail"],
    arrange: async ({ db, owner }) => ({ as: owner, form: { teamId: await aTeamOf(db, owner), email } }),
    mutations: {
      "notifications/team-mail/addTeamMail": by("team", async (db, reader, teamId) =>
        (await mutations()).addTeamMail(db, reader, { teamId, email }),
      ),
    },
  },
  removeTeamMailAction: {
    calls: [withoutMail],
    leaves: ["team.mail-removed"],
    arrange: ({ db, owner }) => withMail(db, owner),
    mutations: {
      "notifications/team-mail/removeTeamMail": by("team", async (...args) =>
        (await mutations()).removeTeamMail(...args),
      ),
    },
  },
  testTeamMailAction: {
    calls: [withoutMail],
    leaves: ["team.mail-tested"],
    limits: ["action", "mailed-address", "team-mail"],
    arrange: ({ db, owner }) => withMail(db, owner),
    mutations: {
      "notifications/team-mail/requestMailTest": by("team", async (...args) =>
        (await mutations()).requestMailTest(...args),
      ),
    },
  },
  chooseMailNewsAction: {
    calls: [withoutMail],
    leaves: ["team.notifications-chosen"],
    arrange: async ({ db, owner }) => {
      const { as, form } = await withMail(db, owner);
      return { as, form: { ...form, "run-failed": "on" } };
    },
    mutations: {
      "notifications/team-mail/chooseMailNews": by("team", async (db, reader, teamId) =>
        (await mutations()).chooseMailNews(db, reader, { teamId, muted: [] }),
      ),
    },
  },
};
