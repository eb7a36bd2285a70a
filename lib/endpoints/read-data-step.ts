import "server-only";
import type { Actor } from "@/lib/actor";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { findStream } from "@/lib/connectors/stream-catalogues";
import { findLatestDetails } from "@/lib/credentials/details-queries";
import type { Db } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { type Picked, pickProjects, pickRepositories } from "@/lib/reading/pickers";
import { previewSource } from "@/lib/reading/preview";
import { projectToken, readChoice, repositoryToken } from "./choice-address";
import type { DataStepState, ShownPick, ShownPreview, Target } from "./data-step-types";
import { fittingChoice, settingsOf } from "./read-settings";

type Wanted = {
  readonly kind: ConnectorKind;
  readonly credentialId: string;
  readonly serverVersion: string | null;
  readonly address: URLSearchParams;
};

/** Reads what the step Data shows for an address: the choice, its errors, the lists and the preview. */
export async function readDataStep(db: Db, actor: Actor, wanted: Wanted): Promise<DataStepState> {
  const { kind, credentialId, serverVersion, address } = wanted;
  const typed = readChoice(address);
  const stream = findStream(kind, typed.stream);
  const choice = fittingChoice(stream, typed);
  const does = address.get("do");
  const isAsked = does === "preview" || does === "next";
  const read = settingsOf(kind, choice);
  const pick = await readPick(db, actor, credentialId, choice.scope.kind, address);
  const isPreviewed = does === "preview" && read.ok;
  const preview = isPreviewed
    ? await inWords<ShownPreview>("Saving works without it.", async () => {
        const details = await findLatestDetails(db, actor, credentialId, new Date());
        return previewSource(db, actor, credentialId, read.settings, details?.allowance ?? null);
      })
    : null;
  const errors = isAsked && !read.ok ? read.fieldErrors : {};
  return { kind, stream, choice, errors, pick, preview, serverVersion, query: address.toString() };
}

async function readPick(
  db: Db,
  actor: Actor,
  credentialId: string,
  scope: "everything" | "projects" | "repositories",
  address: URLSearchParams,
): Promise<ShownPick | null> {
  if (scope === "everything") return null;
  const query = (address.get("find") ?? "").trim().slice(0, 100);
  const from = /^\d{1,9}$/.exec(address.get("from") ?? "")?.[0];
  const wanted = { query, start: Number(from ?? 0) };
  const found = await inWords<ShownPick["found"]>("What is chosen already stays chosen.", async () =>
    scope === "projects"
      ? targets(await pickProjects(db, actor, credentialId, wanted), (one) => ({
          token: projectToken(one),
          address: one.key,
        }))
      : targets(await pickRepositories(db, actor, credentialId, wanted), (one) => ({
          token: repositoryToken(one),
          address: `${one.projectKey}/${one.slug}`,
        })),
  );
  return { query, isLater: wanted.start > 0, found };
}

function targets<Item extends { readonly id: number; readonly name: string }>(
  picked: Picked<Item>,
  shown: (item: Item) => Pick<Target, "token" | "address">,
): ShownPick["found"] {
  if (!picked.ok) return picked;
  const items = picked.items.map((item) => ({ id: item.id, name: item.name, ...shown(item) }));
  return { ok: true, items, next: picked.next };
}

type Failed = { readonly ok: false; readonly failure: { readonly title: string; readonly cure: string } };

// Too many requests, or a right that ended meanwhile: the step stays, and says so in place of the list or the sample.
async function inWords<Found>(cure: string, work: () => Promise<Found>): Promise<Found | Failed> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, failure: { title: error.message, cure } };
  }
}
