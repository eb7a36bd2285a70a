import type { Call } from "@/lib/connectors/action-sender";

type Props = { call: Call; baseUrl: string; name: string };

/** A request as it will be sent, without the credential. */
export function CallInFull({ call, baseUrl, name }: Props) {
  const { method, body, form } = call;
  return (
    <section
      aria-label={name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      className="max-h-128 overflow-auto rounded-xl border border-line bg-sunken p-4 font-mono text-xs"
    >
      <p className="break-all">
        <span className="font-semibold">{method}</span> {baseUrl}
        {addressOf(call)}
      </p>
      <pre className="mt-2 whitespace-pre-wrap text-muted">{headersOf(call).join("\n")}</pre>
      {body !== undefined && (
        <pre className="mt-3 break-words whitespace-pre-wrap">{JSON.stringify(body, null, 2)}</pre>
      )}
      {form && (
        <dl className="mt-3 flex flex-col gap-2">
          {Object.entries(form).map(([field, value]) => (
            <div key={field}>
              <dt className="font-semibold">{field}</dt>
              <dd className="break-words whitespace-pre-wrap">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function addressOf({ path, query }: Call): string {
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return search.size > 0 ? `${path}?${search}` : path;
}

function headersOf({ body, form }: Call): string[] {
  const type = form ? "multipart/form-data" : body === undefined ? null : "application/json";
  return [
    "Accept: application/json",
    ...(type ? [`Content-Type: ${type}`] : []),
    "X-Atlassian-Token: no-check",
    "Authorization: of the credential, not shown",
  ];
}
