import { Icon } from "@/components/ui/icon";

/** The portal's mark and name. */
export function Brand() {
  return (
    <span className="inline-flex items-center gap-2.5 text-[0.9375rem] font-semibold tracking-tight">
      <span className="rounded-lg bg-accent p-1.5 text-on-accent">
        <Icon name="key-round" className="size-4" />
      </span>
      Latchkey
    </span>
  );
}
