"use client";

import { Section } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { KeptFocus } from "@/components/ui/kept-focus";
import { Link } from "@/components/ui/link";
import type { Need, NeedCounts } from "@/lib/overview/types";
import { NeedCountLinks } from "./need-counts";
import { type NeedActions, NeedRow } from "./need-row";

type Props = {
  needs: readonly Need[];
  /** The address of the rest; null if all are shown. */
  restHref: string | null;
  counts: NeedCounts;
  actions: NeedActions;
  /** ISO 8601. */
  now: string;
};

/**
 * What needs the user, the most urgent first, each entry with its button. A client component, so that the page carries
 * its data to the browser and not, a second time, its markup.
 */
export function NeedsYou(props: Props) {
  return (
    <KeptFocus>
      <Needs {...props} />
    </KeptFocus>
  );
}

function Needs({ needs, restHref, counts, actions, now }: Props) {
  if (needs.length === 0) {
    return (
      <Section title="Needs you">
        <p className="flex items-center gap-2 text-sm text-muted">
          <Icon name="circle-check" className="size-4 shrink-0 text-good" />
          Nothing needs you.
        </p>
      </Section>
    );
  }
  return (
    <Section title="Needs you" aside={<NeedCountLinks counts={counts} />}>
      <ul aria-label="Needs you" className="-my-3 flex flex-col divide-y divide-line">
        {needs.map((need) => (
          <NeedRow key={`${need.kind} ${need.id}`} need={need} actions={actions} now={now} />
        ))}
      </ul>
      {restHref && (
        <p className="border-t border-line pt-3 text-sm">
          <Link href={restHref} className="font-medium text-accent underline underline-offset-4">
            Show the rest
          </Link>
        </p>
      )}
    </Section>
  );
}
