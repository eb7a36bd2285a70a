import Link from "next/link";
import { credentialPath } from "@/lib/connectors";

const tabs = [
  { name: "overview", label: "Overview", below: "" },
  { name: "history", label: "History", below: "/history" },
] as const;

/** Between the pages of one credential. */
export function CredentialTabs({ id, current }: { id: string; current: (typeof tabs)[number]["name"] }) {
  return (
    <nav aria-label="Credential" className="flex gap-1 border-b border-line pb-2">
      {tabs.map(({ name, label, below }) => (
        <Link
          key={name}
          href={`${credentialPath(id)}${below}`}
          prefetch={false}
          aria-current={name === current ? "page" : undefined}
          className="rounded-lg px-3 py-1.5 text-sm font-medium text-muted transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
