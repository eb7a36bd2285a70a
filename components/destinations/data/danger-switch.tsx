import type { Danger } from "@/lib/mapping/types";

const names: Readonly<Record<Danger, string>> = {
  merge: "Let this destination merge pull requests",
  decline: "Let this destination decline pull requests",
  delete: "Let this destination delete on the server",
  grant: "Let this destination grant rights",
};

type Props = { danger: Danger; isOn: boolean };

/** The switch without which a destination never does what cannot be taken back. */
export function DangerSwitch({ danger, isOn }: Props) {
  return (
    <div className="py-5">
      <label className="flex min-h-9 items-start gap-2.5 py-1.5">
        <input
          type="checkbox"
          name="allow"
          value={danger}
          defaultChecked={isOn}
          aria-describedby="allow-about"
          className="mt-0.75 size-4 shrink-0 accent-accent"
        />
        <span className="font-medium">{names[danger]}</span>
      </label>
      <p id="allow-about" className="text-sm text-muted sm:pl-6.5">
        What it does cannot be taken back. Without this switch only dry runs work; with it, each run begins by
        hand and is confirmed with the number of its records.
      </p>
    </div>
  );
}
