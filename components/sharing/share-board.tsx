"use client";

import { useEffect, useRef } from "react";
import { newestResult, useButtonForm } from "@/components/forms/use-button-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Notice } from "@/components/ui/notice";
import type { ActionResult, FormAction } from "@/lib/action-result";
import type { Addressed } from "@/lib/paths";
import type { Access, SharingAnswer } from "@/lib/sharing/types";
import type { DirectoryEntry } from "@/lib/users/types";
import { AccessList } from "./access-list";
import { ShareSearch } from "./share-search";
import { UndoRevoke } from "./undo-revoke";

/** The actions of the Share dialog. */
type SharingActions = Readonly<
  Record<
    "share" | "changeRole" | "revoke" | "undoRevoke" | "revokeUnbacked" | "confirm",
    FormAction<SharingAnswer>
  >
> & { readonly leave: FormAction<null> };

type Props = {
  thing: Addressed;
  access: Access;
  /** The search text and the grantees that it found. */
  searched: string;
  found: readonly DirectoryEntry[];
  now: string;
  /** The page whose address also opens as an overlay. */
  isPage?: boolean;
  actions: SharingActions;
};

/** Who has access to an item, and the forms that change it; action results are shown at the top. */
export function ShareBoard({ thing, access, searched, found, now, isPage = false, actions }: Props) {
  // Bound here, not in the rows: an answer may remove the row whose form was sent.
  const share = useButtonForm(actions.share);
  const grants = {
    changeRole: useButtonForm(actions.changeRole),
    revoke: useButtonForm(actions.revoke),
    undoRevoke: useButtonForm(actions.undoRevoke),
    revokeUnbacked: useButtonForm(actions.revokeUnbacked),
    confirm: useButtonForm(actions.confirm),
  };
  const answer = newestResult([share, ...Object.values(grants)]);
  const refusedGrantee = refusedGranteeOf(share.result);
  const told = useRef<HTMLDivElement>(null);

  // The pressed button may be gone with its row, so the focus moves to the result message.
  useEffect(() => {
    if (answer) told.current?.focus();
  }, [answer]);

  return (
    <div className="flex flex-col gap-7 p-5 sm:p-8">
      <div ref={told} tabIndex={-1} role="status" className="outline-none empty:hidden">
        {answer?.ok && (
          <Notice kind="good" title={answer.data.text}>
            {answer.data.undo && (
              <UndoRevoke
                key={answer.data.undo}
                thing={thing}
                grantId={answer.data.undo}
                form={grants.undoRevoke}
              />
            )}
          </Notice>
        )}
        {answer?.ok === false && !refusedGrantee && <RefusalNotice error={answer.error} />}
      </div>
      {thing.kind === "endpoint" && (
        <p className="-mb-3 text-sm text-muted">
          Everybody who may see this data {thing.direction} may see all its{" "}
          {thing.direction === "source" ? "records" : "runs with the records that they sent"}, also those that
          they could not read on the server.
        </p>
      )}
      {access.mayShare && (
        <ShareSearch
          thing={thing}
          access={access}
          searched={searched}
          found={found}
          share={share}
          isPage={isPage}
          refused={refusedGrantee}
        />
      )}
      <AccessList thing={thing} access={access} now={now} forms={grants} leave={actions.leave} />
    </div>
  );
}

function refusedGranteeOf(result: ActionResult<SharingAnswer> | null) {
  if (result?.ok !== false) return null;
  const message = result.error.fieldErrors.grantee;
  return message ? { grantee: result.typed.grantee, message } : null;
}
