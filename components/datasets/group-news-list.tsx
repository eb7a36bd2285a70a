import { Icon, type IconName } from "@/components/ui/icon";
import type { GroupNews } from "@/lib/datasets/group-news";
import { grouped } from "@/lib/text/count-of";

/** The repositories or projects that became unreadable, were deleted, or have new names; nothing without any. */
export function GroupNewsList({ news }: { news: GroupNews }) {
  const { unreadable, gone, moved } = news;
  if (unreadable.count + gone.count + moved.count === 0) return null;
  return (
    <ul className="flex flex-col divide-y divide-line border-t border-line">
      <News
        icon="circle-slash"
        title="Not readable"
        groups={unreadable}
        cure="Their records stay as they were read last. Give the credential's account read access again, or leave them out under Edit."
      />
      <News
        icon="trash-2"
        title="Deleted on the server"
        groups={gone}
        cure="Their records are marked as deleted."
      />
      <News
        icon="arrow-right-left"
        title="Renamed or moved"
        groups={moved}
        cure="Their records stay, because they are known by their ids."
      />
    </ul>
  );
}

type Props = { icon: IconName; title: string; groups: GroupNews["gone"]; cure: string };

function News({ icon, title, groups: { count, shown }, cure }: Props) {
  if (count === 0) return null;
  const more = count - shown.length;
  return (
    <li className="flex gap-3 py-3 text-sm">
      <Icon name={icon} className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-medium">
          {title}: {grouped(count)}
        </p>
        <p className="wrap-anywhere">
          {shown.map(nameOf).join(", ")}
          {more > 0 && ` and ${grouped(more)} more`}
        </p>
        <p className="text-muted">{cure}</p>
      </div>
    </li>
  );
}

function nameOf({ label, previousLabel }: GroupNews["gone"]["shown"][number]): string {
  return previousLabel === null ? label : `${label} (was ${previousLabel})`;
}
