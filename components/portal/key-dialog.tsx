"use client";

import { useState } from "react";
import { buttonStyle } from "@/components/ui/buttons";
import { Modal } from "@/components/ui/modal";
import { hasSingleKeys, setSingleKeys } from "./single-keys";

const keys = [
  { names: ["Ctrl K", "⌘ K"], does: "Search everything" },
  { names: ["/"], does: "Search this page" },
  { names: ["↓", "Enter"], does: "From a search to its first match" },
  { names: ["?"], does: "Show these keys" },
  { names: ["Esc"], does: "Close what is open" },
] as const;

/** The keys of the portal, and a switch for the single ones. */
export function KeyDialog({ onClose }: { onClose: () => void }) {
  const [isOn, setOn] = useState(hasSingleKeys);
  return (
    <Modal label="Keys" onClose={onClose}>
      <div className="flex flex-col gap-5 p-6">
        <h2 className="text-lg font-semibold">Keys</h2>
        <dl className="flex flex-col divide-y divide-line text-sm">
          {keys.map(({ names, does }) => (
            <div key={does} className="flex items-center justify-between gap-4 py-2">
              <dt>{does}</dt>
              <dd className="flex gap-1.5">
                {names.map((name) => (
                  <kbd
                    key={name}
                    className="rounded-md border border-line bg-sunken px-1.5 py-0.5 font-sans text-xs"
                  >
                    {name}
                  </kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <label className="flex min-h-8 items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={isOn}
            onChange={({ target }) => {
              setSingleKeys(target.checked);
              setOn(target.checked);
            }}
            className="size-4 accent-accent"
          />
          Use the single keys “/” and “?” in this browser
        </label>
        <button type="button" onClick={onClose} className={buttonStyle("secondary", "self-end")}>
          Close
        </button>
      </div>
    </Modal>
  );
}
