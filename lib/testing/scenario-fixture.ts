import type { Actor } from "@/lib/actor";
import type { EventKind } from "@/lib/audit/kinds";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { somebody } from "./actors";
import { aCredential } from "./credentials";

/** Who and what is there when an action begins, and what came of it. */
export type Stage = {
  readonly db: Db;
  readonly owner: Actor;
  readonly other: Actor;
  readonly administrator: Actor;
  /** The owner's. */
  readonly credentialId: string;
  isBroken: boolean;
  /** Fields that are posted besides those of the story's form. */
  more: Record<string, string>;
  before: number;
  rows: string;
  answer: string;
  message: string;
};

/** One action: what it needs to be there, who posts what, and which events that must leave, in their order. */
export type Story = {
  readonly leaves: readonly EventKind[];
  readonly arrange: (stage: Stage) => Promise<{
    as: Actor | null;
    form: Record<string, string>;
    /** What the browser holds besides the session. */
    cookies?: Record<string, string>;
  }>;
};

/** Sets up what every story begins with. */
export async function setStage(db: Db): Promise<Stage> {
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
