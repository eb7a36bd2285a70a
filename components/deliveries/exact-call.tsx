import type { Call } from "@/lib/connectors/action-sender";
import { visibleJson } from "@/lib/text/visible-json";

/** A request as it is sent, without the credential; texts in it are inert. */
export function ExactCall({ call: { method, path, query, body, form } }: { call: Call }) {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const sent = form ?? body;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p>
        <code className="text-sm wrap-anywhere">
          <span className="font-semibold">{method}</span> <bdi>{visibleJson(path)}</bdi>
          {search.size > 0 && `?${search}`}
        </code>
      </p>
      {sent !== undefined && (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, the keyboard cannot scroll the text
          tabIndex={0}
          className="max-h-[32rem] overflow-auto rounded-lg bg-sunken p-4 text-xs wrap-anywhere whitespace-pre-wrap"
        >
          {visibleJson(JSON.stringify(sent, null, 2))}
        </pre>
      )}
    </div>
  );
}
