import { ButtonLink } from "@/components/ui/buttons";
import { Section } from "@/components/ui/card";
import type { GroupNews } from "@/lib/datasets/group-news";
import { endpointTabs } from "@/lib/paths";
import { grouped } from "@/lib/text/count-of";
import { GroupNewsList } from "./group-news-list";

type Props = {
  sourceId: string;
  news: GroupNews;
  /** In days. */
  keepDeletedDays: number;
};

/** How many records a source holds, and what became of the repositories that they are from. */
export function DatasetCard({ sourceId, news, keepDeletedDays }: Props) {
  const { records, deleted } = news;
  return (
    <Section title="Data">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-56 flex-col">
          <p className="text-2xl font-semibold tracking-tight tabular-nums">
            {grouped(records)}{" "}
            <span className="text-base font-normal text-muted">{records === 1 ? "record" : "records"}</span>
          </p>
          <p className="text-sm text-muted tabular-nums">
            {deleted === 0
              ? "None deleted on the server"
              : `And ${grouped(deleted)} deleted on the server, kept for ${grouped(keepDeletedDays)} days`}
          </p>
        </div>
        <ButtonLink href={endpointTabs("source", sourceId).data}>Browse and download</ButtonLink>
      </div>
      <GroupNewsList news={news} />
    </Section>
  );
}
