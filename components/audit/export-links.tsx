import { Download } from "lucide-react";
import { buttonStyle } from "@/components/ui/buttons";

/** The log as it is narrowed down now, to take away. Plain links: a download is no page of ours. */
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
          <Download aria-hidden className="size-4" />
          {`Export ${format.toUpperCase()}`}
        </a>
      ))}
    </div>
  );
}
