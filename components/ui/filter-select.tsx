type Props = {
  label: string;
  name: string;
  /** What the address says; null for `none`. */
  value: string | null;
  /** The option that filters nothing. */
  none: string;
  /** The other options, by their values. */
  options: Readonly<Record<string, string>>;
};

/** A choice beside a search field, as a part of its form. */
export function FilterSelect({ label, name, value, none, options }: Props) {
  return (
    <label className="flex min-w-0 items-center gap-2 text-sm text-muted">
      <span className="shrink-0">{label}</span>
      <select
        name={name}
        defaultValue={value ?? ""}
        className="min-h-10 max-w-72 min-w-0 rounded-lg border border-line-strong/60 bg-surface px-2.5 py-2 text-ink shadow-rest hover:border-line-strong"
      >
        <option value="">{none}</option>
        {Object.entries(options).map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
