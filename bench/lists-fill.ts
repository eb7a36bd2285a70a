import pg from "pg";

/** The readers of the lists, by their users' ids. */
export type ListReaders = {
  /** Owns 24 credentials, and sees 200 more: 100 by grants of their own, 100 through a team. */
  readonly few: string;
  /** Sees up to 50,000 credentials through a team. */
  readonly many: string;
};

/** The most credentials that the second reader sees. */
export const mostVisible = Number(process.env.BENCH_VISIBLE || 50_000);

/**
 * Fills a migrated database with so many credentials, each with a check and a grant, a tenth as many sources with a run
 * each, and a hundredth as many users. What the readers see is spread evenly over all instants.
 */
export async function fillLists(url: string, count: number, readers: ListReaders): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("begin");
    // Neither foreign keys nor triggers: what they would do a million times is done once, by the last statements.
    await client.query("set local session_replication_role = replica");
    for (const statement of statementsFor(count, readers)) await client.query(statement);
    await client.query("commit");
    await client.query("vacuum analyze");
  } finally {
    await client.end();
  }
}

const listed: Readonly<Record<string, string>> = {
  credential:
    "grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name, idle_since",
  endpoint:
    "grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut, last_run_at, name",
};

function statementsFor(count: number, { few, many }: ListReaders): readonly string[] {
  const users = Math.max(100, count / 100);
  const visible = Math.min(mostVisible, count / 2);
  const everyOwn = Math.floor(count / 25);
  const everyShared = Math.floor(count / 250);
  const id = (of: string, number = "n") => `md5('${of}' || ${number})::uuid`;
  const isFews = `n % ${everyOwn} = 2 and n < ${everyOwn * 24}`;
  const isSharedWithFew = (at: number) => `n % ${everyShared * 2} = ${at} and n < ${everyShared * 200}`;
  const isSharedWithMany = `n % ${count / visible} = 0`;
  const numbers = `generate_series(1, ${count}) as n`;
  // Spread over 700 days, however many there are: a list of what is idle has the same share of them.
  const instant = `date_trunc('milliseconds', now() - n * (interval '700 days' / ${count}))`;
  const grant = (values: string, condition: string) =>
    `insert into credential_grants (user_id, team_id, credential_id, role, granted_by)
     select ${values}, ${id("credential")}, 'collaborator', ${id("user", "1")} from ${numbers} where ${condition}`;
  return [
    `insert into users (id, email, name, password_hash, role, disabled_at)
     select ${id("user")}, 'user-' || n || '@example.com', 'User ' || n, 'none', 'member',
       case when n % 100 = 99 then now() end
     from generate_series(1, ${users}) as n`,
    `insert into teams (id, name) select ${id("team")}, 'Team ' || n from generate_series(1, 2) as n`,
    `insert into team_members (team_id, user_id, role)
     values (${id("team", "1")}, '${few}', 'member'), (${id("team", "2")}, '${many}', 'member')`,
    `insert into servers (id, kind, base_url)
     select ${id("server")}, 'bitbucket-server', 'https://bitbucket-' || n || '.example.com/'
     from generate_series(1, 100) as n`,
    // Of the older ones, a twentieth is idle.
    `insert into credentials
       (id, owner_id, server_id, kind, name, description, method, username, created_at, last_used_at)
     select ${id("credential")}, case when ${isFews} then '${few}' else ${id("user", `(n % ${users} + 1)`)} end,
       ${id("server", "(n % 100 + 1)")}, 'bitbucket-server', 'Credential ' || n || ' of ' || left(md5(n::text), 8),
       'For the nightly import of the team in room ' || n % 977, 'password', 'jcitizen', ${instant},
       case when n % 20 <> 0 then now() end
     from ${numbers}`,
    `insert into checks (credential_id, secret_version, verdict, account_name, server_version, record, checked_at)
     select ${id("credential")}, 1, case when n % 50 = 0 then 'rejected' when n = 7 then 'locked' else 'verified' end,
       'jcitizen', '9.4.3', '{"access": null, "warnings": [], "steps": [], "details": null}', ${instant}
     from ${numbers} where n % 50 <> 1`,
    grant(`${id("user", `((n * 7) % ${users} + 1)`)}, null`, "true"),
    grant(`'${few}', null`, isSharedWithFew(3)),
    grant(`null, ${id("team", "1")}`, isSharedWithFew(everyShared + 3)),
    grant(`null, ${id("team", "2")}`, isSharedWithMany),
    `insert into endpoints (id, direction, connector, owner_id, credential_id, name, created_at)
     select ${id("endpoint")}, 'source', 'bitbucket-server', owner_id, id, 'Source ' || n, ${instant}
     from ${numbers} join credentials on id = ${id("credential")} where n % 10 = 0`,
    `insert into endpoints (id, direction, connector, owner_id, credential_id, name)
     select gen_random_uuid(), 'source', 'bitbucket-server', owner_id, id, 'Own source of ' || name
     from credentials where owner_id = '${few}'`,
    `insert into endpoint_grants (team_id, endpoint_id, role, granted_by)
     select ${id("team", "2")}, ${id("endpoint")}, 'collaborator', ${id("user", "1")}
     from ${numbers} where ${isSharedWithMany} and n % 10 = 0`,
    `insert into runs (id, endpoint_id, pass_id, mode, trigger, state, created_at)
     select ${id("run")}, ${id("endpoint")}, ${id("run")}, 'all', 'user',
       case when n % 200 = 0 then 'failed' else 'succeeded' end, ${instant}
     from ${numbers} where n % 10 = 0`,
    // What a search finds last: the oldest that each reader sees.
    ...[few, many].map(
      (reader) => `update credentials set name = 'Needle in the haystack' where id = (
        select credentials.id from credentials where owner_id = '${reader}' or exists (
          select 1 from credential_grants where credential_id = credentials.id and team_id in (
            select team_id from team_members where user_id = '${reader}'))
        order by created_at limit 1)`,
    ),
    ...["credential", "endpoint"].flatMap((of) => [
      `insert into ${of}_listings (${listed[of]}) select ${listed[of]} from ${of}_listing_source order by grantee_id, created_at`,
      // Made anew after the fill, as a migration does: a million rows one by one take an index of texts much longer.
      `drop index ${of}_search_texts_keys`,
      `insert into ${of}_search_texts (${of}_id, grantee_id, search)
       select ${of}_id, grantee_id, source.search from ${of}_listings join ${of}_search_source as source using (${of}_id)`,
      `create index ${of}_search_texts_keys on ${of}_search_texts
       using gin (search_keys(grantee_id, search)) with (fastupdate = false)`,
    ]),
  ];
}
