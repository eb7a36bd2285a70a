import { buttonStyle } from "@/components/ui/buttons";
import { Icon } from "@/components/ui/icon";

/** Links that download the log as filtered now. Plain links, because a download is not a page of the portal. */
export function ExportLinks({ path, search }: { path: string; search: string }) {
  return (
    <div className="flex flex-wrap gap-2">
      {(["csv", "ndjson"] as const).map((format) => (
        <a
          key={format}
          download
          href={`${path}/export/${format}${search}`}
          className={buttonStyle("secondary")}
        >
          <Icon name="download" className="size-4" />
          {`Export ${format.toUpperCase()}`}
        </a>
      ))}
    </div>
  );
}
