"use client";

import { useEffect, useRef } from "react";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Notice } from "@/components/ui/notice";
import type { FormAction } from "@/lib/action-result";
import type { Addressed } from "@/lib/paths";
import type { Access } from "@/lib/sharing/types";
import type { DirectoryEntry } from "@/lib/users/types";
import { AccessList } from "./access-list";
import { ShareSearch } from "./share-search";
import { type SharingActions, useSharingForms } from "./use-sharing-forms";

type Props = {
  thing: Addressed;
  access: Access;
  /** What was searched for, and who was found. */
  searched: string;
  found: readonly DirectoryEntry[];
  now: string;
  /** It stands on the page of its address, and not over another one. */
  isPage?: boolean;
  actions: SharingActions & { readonly leave: FormAction<null> };
};

/** Who has access to a thing, and everything that changes it; what an action answered is told at the top. */
export function ShareBoard({ thing, access, searched, found, now, isPage = false, actions }: Props) {
  const { share, grants, answer, refusedHolder } = useSharingForms(actions);
  const told = useRef<HTMLDivElement>(null);

  // The pressed button may be gone with its row; the focus goes to what is told of it.
  useEffect(() => {
    if (answer) told.current?.focus();
  }, [answer]);

  return (
    <div className="flex flex-col gap-7 p-5 sm:p-8">
      <div ref={told} tabIndex={-1} role="status" className="outline-none empty:hidden">
        {answer?.ok && <Notice kind="good" title={answer.data} />}
        {answer?.ok === false && !refusedHolder && <RefusalNotice error={answer.error} />}
      </div>
      {access.mayShare && (
        <ShareSearch
          thing={thing}
          access={access}
          searched={searched}
          found={found}
          share={share}
          isPage={isPage}
          refused={refusedHolder}
        />
      )}
      <AccessList thing={thing} access={access} now={now} forms={grants} leave={actions.leave} />
    </div>
  );
}
