import type { SourceFile } from "./source-tree";

/**
 * Folders and files by rank, lowest first. Each may import the entries above it in this list, and its own files,
 * types included; never the entries below it. The longest matching entry counts.
 */
export const ranks = [
  // The list of kinds, for columns, forms and registries alike.
  "lib/connectors/kinds.ts",
  // The types that columns hold.
  "lib/connectors/streams.ts",
  "lib/connectors/stream-reader.ts",
  "lib/mapping/types.ts",
  "lib/notifications/news.ts",
  "lib/connectors/action.ts",
  "lib/connectors/action-sender.ts",
  "drizzle",
  // Leaves: they know nothing about the portal.
  "lib/zod-without-eval.ts",
  "lib/errors.ts",
  "lib/actor.ts",
  "lib/secret.ts",
  "lib/edits.ts",
  "lib/text",
  "lib/egress",
  // Connectors know neither users nor the database.
  "lib/connectors",
  "lib/connectors/bitbucket-server",
  "lib/connectors/registry.ts",
  "lib/connectors/stream-catalogues.ts",
  "lib/connectors/checks.ts",
  "lib/connectors/sources.ts",
  "lib/connectors/source-settings.ts",
  "lib/connectors/action-catalogues.ts",
  "lib/connectors/action-senders.ts",
  "lib/connectors/action-requests.ts",
  "lib/connectors/destinations.ts",
  "lib/mapping",
  "lib/paths.ts",
  // Infrastructure knows no domain.
  "lib/env.ts",
  "lib/log.ts",
  "lib/db",
  "lib/crypto",
  "lib/jobs",
  "lib/portal",
  "lib/mail",
  "lib/http",
  "lib/paging.ts",
  "lib/rate-limit.ts",
  "lib/command-failure.ts",
  "lib/action-result.ts",
  "lib/audit",
  "lib/notifications/writing",
  "lib/auth",
  "lib/action.ts",
  "lib/display",
  // Domains.
  "lib/access",
  "lib/notices",
  "lib/notifications/telling",
  "lib/servers",
  "lib/server-shares",
  "lib/credentials/secrets",
  "lib/credentials/lockout",
  "lib/credentials/checks",
  "lib/sign-in-policy",
  "lib/credentials",
  "lib/reading",
  "lib/uploads",
  "lib/endpoints",
  "lib/datasets",
  "lib/runs",
  "lib/deliveries",
  "lib/destinations",
  "lib/rehearsals",
  "lib/credentials/deletion",
  "lib/sharing",
  "lib/teams",
  "lib/invitations",
  "lib/transfers",
  "lib/notifications",
  "lib/password-resets",
  "lib/account",
  "lib/users",
  "lib/history",
  "lib/search",
  "lib/overview",
  "lib/calendar",
  "lib/keys",
  // Composition: nothing in lib imports these.
  "lib/start.ts",
  "lib/worker",
  // Screens.
  "components",
  "app",
] as const;

type Place = (typeof ranks)[number];

/** The entry of `ranks` that a file belongs to; null for a file without a rank. */
export function placeOf(path: string): Place | null {
  const matching = ranks.filter((rank) => path === rank || path.startsWith(`${rank}/`));
  return matching.sort((one, other) => other.length - one.length)[0] ?? null;
}

/** A file's rank, counted from the bottom; -1 for a file without a rank. */
export function rankOf(path: string): number {
  const place = placeOf(path);
  return place === null ? -1 : ranks.indexOf(place);
}

/** The imports, types included, from a file to one of a higher rank; empty if the order holds. */
export function upwardImports(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => placeOf(path) !== null)
    .flatMap(({ path, imports, typeImports }) =>
      [...imports, ...typeImports]
        .filter((imported) => rankOf(imported) > rankOf(path))
        .map((imported) => `${path} → ${imported}`),
    );
}
