import "server-only";
import type { Actor } from "@/lib/actor";
import type { Problem } from "@/lib/connectors/action";
import { actionCatalogueOf, findAction } from "@/lib/connectors/action-catalogues";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { Db } from "@/lib/db/types";
import { valueField, writingOf } from "@/lib/endpoints/read-writing";
import {
  type InputRef,
  mappingFields,
  readWritingChoice,
  type WritingChoice,
} from "@/lib/endpoints/writing-address";
import { problemsOfWriting } from "@/lib/mapping/problems";
import { findUploadRefusal } from "@/lib/uploads/queries";
import { checkRecords, mostChecked } from "./check-records";
import { listDataSets } from "./data-sets";
import { effectiveChoice, madeFor } from "./effective-choice";
import { findInput, readInput } from "./input";
import { keyOptions } from "./key-options";
import type { DestinationStep, ShownInput, ShownRequest } from "./types";
import { type Mapper, mapperOf } from "./would-be-calls";

type Wanted = {
  readonly kind: ConnectorKind;
  readonly serverVersion: string | null;
  readonly baseUrl: string;
  /** The credential's account on the server, if known. */
  readonly account: string | null;
  readonly address: URLSearchParams;
  /** The input of the destination that is edited. */
  readonly stored?: InputRef | null;
};

/** Reads what the step Data of a destination shows for an address. */
export async function readDestinationStep(db: Db, actor: Actor, wanted: Wanted): Promise<DestinationStep> {
  const { kind, serverVersion, baseUrl, address } = wanted;
  const { action, choice, input, errors, writing } = await readChoiceOf(
    db,
    actor,
    kind,
    address,
    wanted.stored,
  );
  const does = address.get("do");
  const isAsked = does === "next" || does === "dry-run" || address.get("asked") === "1";
  const dataSets =
    choice.inputKind === "source" ? await listDataSets(db, actor, address.get("find") ?? "") : null;
  const mapper = action && writing && mapperOf(kind, action, writing, wanted);
  const isWhole = Object.keys(errors).length === 0;
  return {
    refusedFile: await readRefusedFile(db, actor, address),
    ...{ kind, serverVersion, baseUrl, action, choice, input, dataSets, isAsked },
    madeFor: madeFor(choice),
    errors: isAsked ? errors : onlyUrgent(errors),
    keyOptions: action ? keyOptions(action, choice, input?.columns ?? []) : [],
    request: mapper && input && (await readRequest(db, actor, mapper, input, address)),
    checked:
      mapper && input && isWhole && does === "dry-run"
        ? await checkRecords(mapper, (after, limit) =>
            readInput(db, actor, input.ref, { after, limit, skip: 0 }),
          )
        : null,
    query: address.toString(),
  };
}

/** What an address chooses, with the mapping that its columns suggest, and what is wrong with it, by control. */
export async function readChoiceOf(
  db: Db,
  actor: Actor,
  kind: ConnectorKind,
  address: URLSearchParams,
  stored: InputRef | null = null,
) {
  const typed = readWritingChoice(address);
  const action = findAction(kind, typed.action);
  const isStored = typed.input !== null && stored?.id === typed.input.id;
  const input = typed.input && (await findInput(db, actor, { ...typed.input, isStored }));
  const gone = typed.input !== null && input === null;
  const chosen = gone ? { ...typed, input: null } : typed;
  const choice = action && input ? effectiveChoice(action, chosen, input.columns, address.get("of")) : chosen;
  const read = writingOf(kind, choice);
  const errors: Record<string, string> = read.ok ? {} : { ...read.fieldErrors };
  if (gone) errors[typed.inputKind] = inputGone[typed.inputKind];
  if (read.ok && action && input) {
    const hasRecordKeys = input.ref.kind === "source";
    const problems = problemsOfWriting(
      actionCatalogueOf(kind),
      action,
      input.columns,
      read.writing,
      hasRecordKeys,
    );
    for (const { field, message } of problems) errors[controlOf(choice, field)] ??= message;
  }
  return {
    action,
    choice,
    input,
    errors,
    read,
    writing: read.ok ? read.writing : null,
  };
}

const inputGone = {
  source: "There is no such data set, or it is not yours to see. Choose another one.",
  upload:
    "There is no such file of yours. A file that no destination uses is forgotten after a day: upload it again.",
};

// What is said without being asked: a chosen input is gone.
function onlyUrgent(errors: Readonly<Record<string, string>>): Record<string, string> {
  const urgent = Object.entries(errors).filter(
    ([, message]) => message === inputGone.source || message === inputGone.upload,
  );
  return Object.fromEntries(urgent);
}

function controlOf({ mapping }: WritingChoice, field: Problem["field"]): string {
  if (field === null) return "key";
  const chosen = mapping[field];
  return chosen === undefined ? mappingFields(field).from : valueField(field, chosen);
}

async function readRefusedFile(db: Db, actor: Actor, address: URLSearchParams) {
  const id = address.get("uploadError");
  if (id === null) return null;
  return id === "no-file" ? id : findUploadRefusal(db, actor, id);
}

async function readRequest(
  db: Db,
  actor: Actor,
  mapper: Mapper,
  input: ShownInput,
  address: URLSearchParams,
): Promise<ShownRequest | null> {
  const of = Math.min(input.records, mostChecked);
  const wanted = Number(/^\d{1,6}$/.exec(address.get("show") ?? address.get("record") ?? "")?.[0] ?? 1);
  const number = Math.min(Math.max(wanted, 1), Math.max(of, 1));
  const [record] = await readInput(db, actor, input.ref, { after: 0, skip: number - 1, limit: 1 });
  if (!record) return null;
  const mapped = mapper.map(record);
  const at = { number, of, matchKey: mapped.matchKey };
  return mapped.ok
    ? { ...at, ok: true, calls: mapper.callsOf(mapped) }
    : { ...at, ok: false, problems: mapped.problems };
}
