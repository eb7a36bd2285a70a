import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import type { ScenarioFixture } from "@/lib/testing/scenario-fixture";
import { type Ask, type DomainActions, type Fields, type MatrixIds, named, never } from "./entry";

type OfOffer = { credentialId: string; transferId: string };

const mutations = () => import("@/lib/transfers/mutations");

async function anOffer({ db, owner, other, credentialId }: ScenarioFixture): Promise<OfOffer> {
  const { isNull } = await import("drizzle-orm");
  const { ownershipTransfers } = await import("@/drizzle/schema");
  await (await mutations()).offerTransfer(db, owner, { credentialId, toUserId: other.userId });
  const [offer] = await db
    .select({ id: ownershipTransfers.id })
    .from(ownershipTransfers)
    .where(isNull(ownershipTransfers.endedAt));
  return { credentialId, transferId: offer?.id ?? "" };
}

const noOffer = (credentialId: string): Fields => ({ credentialId, transferId: never });
const noOfferToCaller = (_id: string, { granted }: MatrixIds): Fields => noOffer(granted.credential);

/** Another user's credential with its offer, and the reader's own credential with that offer. */
function withOfferOfAnother(ask: (db: Db, reader: Actor, offer: OfOffer) => Promise<unknown>): Ask[] {
  return [
    (db, reader, { credential: credentialId, transfer: transferId }) =>
      ask(db, reader, { credentialId, transferId }),
    (db, reader, { transfer: transferId }, own) =>
      ask(db, reader, { credentialId: own.credential, transferId }),
  ];
}

export const transferActions: DomainActions = {
  offerTransferAction: {
    calls: [
      {
        of: "credential",
        to: "transfer",
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
      "transfers/offerTransfer": [
        async (db, reader, { credential: credentialId, user: toUserId }) =>
          (await mutations()).offerTransfer(db, reader, { credentialId, toUserId }),
      ],
    },
  },
  withdrawTransferAction: {
    calls: [{ of: "credential", to: "transfer", fields: noOffer, passes: ["NOT_FOUND offer"] }],
    leaves: ["credential.handover-withdrawn"],
    arrange: async (fixture) => ({ as: fixture.owner, form: await anOffer(fixture) }),
    mutations: {
      "transfers/withdrawTransfer": withOfferOfAnother(async (...args) =>
        (await mutations()).withdrawTransfer(...args),
      ),
    },
  },
  declineTransferAction: {
    calls: [{ of: "signed-in", fields: noOfferToCaller, passes: ["NOT_FOUND offer"] }],
    leaves: ["credential.handover-declined"],
    arrange: async (fixture) => ({ as: fixture.other, form: await anOffer(fixture) }),
    mutations: {
      "transfers/declineTransfer": withOfferOfAnother(async (...args) =>
        (await mutations()).declineTransfer(...args),
      ),
    },
  },
  acceptTransferAction: {
    calls: [
      {
        of: "signed-in",
        fields: (id, ids) => ({ ...noOfferToCaller(id, ids), ...named }),
        passes: ["NOT_FOUND offer"],
      },
    ],
    leaves: ["credential.handed-over"],
    arrange: async (fixture) => ({
      as: fixture.other,
      form: { ...(await anOffer(fixture)), name: "Mine now" },
    }),
    mutations: {
      "transfers/acceptTransfer": withOfferOfAnother(async (db, reader, offer) =>
        (await mutations()).acceptTransfer(db, reader, { ...offer, name: named.name }),
      ),
    },
  },
};
