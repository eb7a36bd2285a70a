import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import type { Stage } from "@/lib/testing/scenario-fixture";
import { type Ask, type DomainActions, type Fields, type MatrixIds, named, never } from "./entry";

type OfOffer = { credentialId: string; handoverId: string };

const mutations = () => import("@/lib/transfers/mutations");

async function anOffer({ db, owner, other, credentialId }: Stage): Promise<OfOffer> {
  const { isNull } = await import("drizzle-orm");
  const { credentialHandovers } = await import("@/drizzle/schema");
  await (await mutations()).offerHandover(db, owner, { credentialId, toUserId: other.userId });
  const [offer] = await db
    .select({ id: credentialHandovers.id })
    .from(credentialHandovers)
    .where(isNull(credentialHandovers.endedAt));
  return { credentialId, handoverId: offer?.id ?? "" };
}

const noOffer = (credentialId: string): Fields => ({ credentialId, handoverId: never });
const noOfferToCaller = (_id: string, { granted }: MatrixIds): Fields => noOffer(granted.credential);

/** Another's credential with its offer, and the reader's own credential with another's offer. */
function withOfferOfAnother(ask: (db: Db, reader: Actor, offer: OfOffer) => Promise<unknown>): Ask[] {
  return [
    (db, reader, { credential: credentialId, handover: handoverId }) =>
      ask(db, reader, { credentialId, handoverId }),
    (db, reader, { handover: handoverId }, own) =>
      ask(db, reader, { credentialId: own.credential, handoverId }),
  ];
}

export const transferActions: DomainActions = {
  offerHandoverAction: {
    calls: [
      {
        of: "credential",
        to: "handOver",
        fields: (credentialId) => ({ credentialId, toUserId: never }),
        passes: ["INVALID_INPUT toUserId"],
      },
    ],
    leaves: ["credential.handover-offered"],
    arrange: async ({ owner, other, credentialId }) => ({
      as: owner,
      form: { credentialId, toUserId: other.userId },
    }),
    mutations: {
      "transfers/offerHandover": [
        async (db, reader, { credential: credentialId, person: toUserId }) =>
          (await mutations()).offerHandover(db, reader, { credentialId, toUserId }),
      ],
    },
  },
  withdrawHandoverAction: {
    calls: [{ of: "credential", to: "handOver", fields: noOffer, passes: ["NOT_FOUND offer"] }],
    leaves: ["credential.handover-withdrawn"],
    arrange: async (stage) => ({ as: stage.owner, form: await anOffer(stage) }),
    mutations: {
      "transfers/withdrawHandover": withOfferOfAnother(async (...asked) =>
        (await mutations()).withdrawHandover(...asked),
      ),
    },
  },
  declineHandoverAction: {
    calls: [{ of: "signed-in", fields: noOfferToCaller, passes: ["NOT_FOUND offer"] }],
    leaves: ["credential.handover-declined"],
    arrange: async (stage) => ({ as: stage.other, form: await anOffer(stage) }),
    mutations: {
      "transfers/declineHandover": withOfferOfAnother(async (...asked) =>
        (await mutations()).declineHandover(...asked),
      ),
    },
  },
  acceptHandoverAction: {
    calls: [
      {
        of: "signed-in",
        fields: (id, ids) => ({ ...noOfferToCaller(id, ids), ...named }),
        passes: ["NOT_FOUND offer"],
      },
    ],
    leaves: ["credential.handed-over"],
    arrange: async (stage) => ({ as: stage.other, form: { ...(await anOffer(stage)), name: "Mine now" } }),
    mutations: {
      "transfers/acceptHandover": withOfferOfAnother(async (db, reader, offer) =>
        (await mutations()).acceptHandover(db, reader, { ...offer, name: named.name }),
      ),
    },
  },
};
