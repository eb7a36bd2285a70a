import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { somebody } from "./actors";
import { aCredential } from "./credentials";

/** The users and items when an action begins, and its results. */
export type ScenarioFixture = {
  readonly db: Db;
  readonly owner: Actor;
  readonly other: Actor;
  readonly administrator: Actor;
  /** Belongs to the owner. */
  readonly credentialId: string;
  isBroken: boolean;
  /** Fields that are posted besides those of the valid call. */
  more: Record<string, string>;
  before: number;
  rows: string;
  answer: string;
  message: string;
};

/** Creates the fixture that every valid call starts from. */
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
