import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { somebody } from "./actors";
import { aCredential } from "./credentials";

/** Who and what is there when an action begins, and what came of it. */
export type ScenarioFixture = {
  readonly db: Db;
  readonly owner: Actor;
  readonly other: Actor;
  readonly administrator: Actor;
  /** The owner's. */
  readonly credentialId: string;
  isBroken: boolean;
  /** Fields that are posted besides those of the valid call. */
  more: Record<string, string>;
  before: number;
  rows: string;
  answer: string;
  message: string;
};

/** Sets up what every valid call begins with. */
export async function setUpScenario(db: Db): Promise<ScenarioFixture> {
  const [owner, other] = [await somebody(db), await somebody(db)];
  const administrator = await somebody(db, "administrator");
  const credentialId = await addCredential(db, owner, aCredential());
  return {
    db,
    owner,
    other,
    administrator,
    credentialId,
    isBroken: false,
    more: {},
    before: 0,
    rows: "",
    answer: "",
    message: "",
  };
}
