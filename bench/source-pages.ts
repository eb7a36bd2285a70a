/** What the page server holds: repositories of so many commits, in pages of at most 1000. */
export type Holdings = { readonly repositories: number; readonly commitsEach: number };

/** A base path that tells the page server what it holds and how long it takes to answer. */
export function pathOf({ repositories, commitsEach }: Holdings, delayMs: number): string {
  return `/after-${delayMs}ms-${repositories}x${commitsEach}`;
}

/** Reads what `pathOf` wrote; null for any other path. `rest` is what follows it. */
export function readPath(path: string): { holdings: Holdings; delayMs: number; rest: string } | null {
  const [, delay, repositories, commits, rest = ""] = /^\/after-(\d+)ms-(\d+)x(\d+)(\/.*)?$/.exec(path) ?? [];
  if (delay === undefined) return null;
  const holdings = { repositories: Number(repositories), commitsEach: Number(commits) };
  return { holdings, delayMs: Number(delay), rest };
}

/** The list of repositories as Bitbucket answers it. */
export function repositoriesPage({ repositories }: Holdings, start: number, limit: number): string {
  const end = Math.min(repositories, start + limit);
  const values = Array.from({ length: Math.max(0, end - start) }, (_, at) => repository(start + at));
  return envelope(values, { start, limit, next: end < repositories ? end : null });
}

function repository(number: number): string {
  const project = { key: "SHOP", id: 1, name: "Shop", public: false, type: "NORMAL" };
  const name = `service-${number}`;
  return JSON.stringify({
    ...{ slug: name, id: 1 + number, name, hierarchyId: "e3c939f9ef4a7fae272e", scmId: "git" },
    ...{ state: "AVAILABLE", statusMessage: "Available", forkable: true, project, public: false },
  });
}

/** A page of a repository's commits, newest first, in the shape of Bitbucket 9.4; some 420 bytes for each. */
export function commitsPage(
  { commitsEach }: Holdings,
  repositoryNumber: number,
  start: number,
  limit: number,
): string {
  const end = Math.min(commitsEach, start + limit);
  const values: string[] = [];
  for (let at = start; at < end; at += 1) values.push(commit(repositoryNumber, at));
  return envelope(values, { start, limit, next: end < commitsEach ? end : null });
}

function commit(repositoryNumber: number, at: number): string {
  const id = idOf(repositoryNumber, at);
  const parent = idOf(repositoryNumber, at + 1);
  // An author whom the server does not know as a user: the shorter of the two shapes.
  const person = `{"name":"Jane Citizen","emailAddress":"jane.citizen@fernwood.example"}`;
  const ms = 1_780_000_000_000 - at * 60_000;
  return (
    `{"id":"${id}","displayId":"${id.slice(0, 11)}","author":${person},"authorTimestamp":${ms},` +
    `"committer":${person},"committerTimestamp":${ms},"message":"SHOP-${at}: Keep the basket when a session ends",` +
    `"parents":[{"id":"${parent}","displayId":"${parent.slice(0, 11)}"}]}`
  );
}

/** Spread like the ids of commits, and the same each time. */
function idOf(repositoryNumber: number, at: number): string {
  const number = Math.imul(repositoryNumber * 1_000_003 + at + 1, 2_654_435_761) >>> 0;
  const other = Math.imul(number ^ (at << 3), 2_246_822_519) >>> 0;
  const [one, two] = [number, other].map((part) => part.toString(16).padStart(8, "0"));
  return `${one}${two}${one}${two}${one}`;
}

function envelope(
  values: readonly string[],
  { start, limit, next }: { start: number; limit: number; next: number | null },
): string {
  const head = `{"size":${values.length},"limit":${limit},"isLastPage":${next === null},"values":[`;
  return `${head}${values.join()}],"start":${start}${next === null ? "" : `,"nextPageStart":${next}`}}`;
}
