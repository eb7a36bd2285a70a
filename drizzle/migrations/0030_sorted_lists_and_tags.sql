-- The listings are copies: emptied here, and filled again below.
DELETE FROM "credential_listings";--> statement-breakpoint
DELETE FROM "endpoint_listings";--> statement-breakpoint
ALTER TABLE "credential_listings" ADD COLUMN "name" text collate "und-x-icu" NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint_listings" ADD COLUMN "name" text collate "und-x-icu" NOT NULL;--> statement-breakpoint
CREATE INDEX "credential_listings_by_name" ON "credential_listings" USING btree ("grantee_id","name","credential_id","owner_id","kind","status","ends_at","server_id");--> statement-breakpoint
CREATE INDEX "credential_listings_by_end" ON "credential_listings" USING btree ("grantee_id",coalesce("ends_at", 'infinity'::timestamp with time zone),"credential_id","owner_id","kind","status","ends_at","server_id");--> statement-breakpoint
CREATE INDEX "endpoint_listings_by_name" ON "endpoint_listings" USING btree ("grantee_id","direction","name","endpoint_id","to_tend_since");--> statement-breakpoint
CREATE INDEX "endpoint_listings_by_run" ON "endpoint_listings" USING btree ("grantee_id","direction",coalesce("last_run_at", '-infinity'::timestamp with time zone),"endpoint_id","to_tend_since");
--> statement-breakpoint
CREATE OR REPLACE VIEW credential_listing_source AS
  SELECT access.grantee_id, credentials.created_at, credentials.id AS credential_id, credentials.owner_id,
    credentials.kind, coalesce(latest.verdict, 'unproven') AS status,
    -- Characters have at most four bytes, and an index row fewer than 2,700.
    left(whole.search, 500) AS search, length(whole.search) > 500 AS is_cut,
    -- The server's word comes before a user's. A day lasts until its end, in UTC.
    coalesce(accepted.ends_at, (credentials.key_expires_on + 1)::timestamp AT TIME ZONE 'UTC')::timestamptz(3) AS ends_at,
    credentials.server_id,
    credentials.name COLLATE "und-x-icu" AS name
  FROM credentials
  JOIN servers ON servers.id = credentials.server_id
  LEFT JOIN LATERAL (
    SELECT checks.verdict FROM checks
    WHERE checks.credential_id = credentials.id AND checks.secret_version = credentials.secret_version
      AND checks.verdict <> 'nothing'
    ORDER BY checks.checked_at DESC LIMIT 1
  ) AS latest ON true
  -- The latest check that signed in: a later refusal says nothing about the key's end.
  LEFT JOIN LATERAL (
    SELECT (checks.record->'details'->>'keyEndsAt')::timestamptz AS ends_at FROM checks
    WHERE checks.credential_id = credentials.id AND checks.secret_version = credentials.secret_version
      AND checks.verdict IN ('verified', 'restricted') AND checks.reason IS NULL
    ORDER BY checks.checked_at DESC LIMIT 1
  ) AS accepted ON true
  -- No text holds a unit separator, so no search finds two fields at once.
  CROSS JOIN LATERAL (
    SELECT lower(concat_ws(chr(31), credentials.name, servers.base_url, credentials.description)) AS search
  ) AS whole
  CROSS JOIN LATERAL (
    SELECT credentials.owner_id AS grantee_id
    UNION SELECT coalesce(credential_grants.user_id, credential_grants.team_id) FROM credential_grants
    WHERE credential_grants.credential_id = credentials.id AND credential_grants.ended_at IS NULL
  ) AS access;
--> statement-breakpoint
CREATE OR REPLACE VIEW endpoint_listing_source AS
  SELECT access.grantee_id, endpoints.created_at, endpoints.id AS endpoint_id, endpoints.direction,
    CASE WHEN newest.state IN ('failed', 'incomplete') THEN newest.created_at END AS to_tend_since,
    left(whole.search, 500) AS search, length(whole.search) > 500 AS is_cut,
    newest.created_at AS last_run_at,
    endpoints.name COLLATE "und-x-icu" AS name
  FROM endpoints
  LEFT JOIN LATERAL (
    SELECT runs.state, runs.created_at FROM runs
    WHERE runs.endpoint_id = endpoints.id AND runs.kind <> 'dry-run'
    ORDER BY runs.created_at DESC, runs.id DESC LIMIT 1
  ) AS newest ON true
  -- No text holds a unit separator, so no search finds two fields at once.
  CROSS JOIN LATERAL (
    SELECT lower(concat_ws(chr(31), endpoints.name, endpoints.description)) AS search
  ) AS whole
  CROSS JOIN LATERAL (
    SELECT endpoints.owner_id AS grantee_id
    UNION SELECT coalesce(endpoint_grants.user_id, endpoint_grants.team_id) FROM endpoint_grants
    WHERE endpoint_grants.endpoint_id = endpoints.id AND endpoint_grants.ended_at IS NULL
  ) AS access;
--> statement-breakpoint
INSERT INTO credential_listings (
    grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name)
  SELECT grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name
  FROM credential_listing_source;
--> statement-breakpoint
INSERT INTO endpoint_listings (grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut, last_run_at, name)
  SELECT grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut, last_run_at, name
  FROM endpoint_listing_source;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refresh_credential_listings(changed uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM credential_listings WHERE credential_id = changed AND grantee_id NOT IN (
    SELECT source.grantee_id FROM credential_listing_source AS source WHERE source.credential_id = changed);
  INSERT INTO credential_listings (
      grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name)
    SELECT grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name
    FROM credential_listing_source WHERE credential_id = changed
    EXCEPT
    SELECT grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name
    FROM credential_listings WHERE credential_id = changed
  ON CONFLICT (credential_id, grantee_id) DO UPDATE SET created_at = excluded.created_at,
    owner_id = excluded.owner_id, kind = excluded.kind, status = excluded.status, search = excluded.search,
    is_cut = excluded.is_cut, ends_at = excluded.ends_at, server_id = excluded.server_id,
    name = excluded.name;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refresh_endpoint_listings(changed uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM endpoint_listings WHERE endpoint_id = changed AND grantee_id NOT IN (
    SELECT source.grantee_id FROM endpoint_listing_source AS source WHERE source.endpoint_id = changed);
  INSERT INTO endpoint_listings (grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut, last_run_at, name)
    SELECT grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut, last_run_at, name
    FROM endpoint_listing_source WHERE endpoint_id = changed
    EXCEPT
    SELECT grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut, last_run_at, name
    FROM endpoint_listings WHERE endpoint_id = changed
  ON CONFLICT (endpoint_id, grantee_id) DO UPDATE SET created_at = excluded.created_at,
    direction = excluded.direction, to_tend_since = excluded.to_tend_since, search = excluded.search,
    is_cut = excluded.is_cut, last_run_at = excluded.last_run_at, name = excluded.name;
END
$$;

--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "tags" text[] DEFAULT '{}'::text[] NOT NULL;
--> statement-breakpoint
CREATE OR REPLACE VIEW credential_listing_source AS
  SELECT access.grantee_id, credentials.created_at, credentials.id AS credential_id, credentials.owner_id,
    credentials.kind, coalesce(latest.verdict, 'unproven') AS status,
    -- Characters have at most four bytes, and an index row fewer than 2,700.
    left(whole.search, 500) AS search, length(whole.search) > 500 AS is_cut,
    -- The server's word comes before a user's. A day lasts until its end, in UTC.
    coalesce(accepted.ends_at, (credentials.key_expires_on + 1)::timestamp AT TIME ZONE 'UTC')::timestamptz(3) AS ends_at,
    credentials.server_id,
    credentials.name COLLATE "und-x-icu" AS name
  FROM credentials
  JOIN servers ON servers.id = credentials.server_id
  LEFT JOIN LATERAL (
    SELECT checks.verdict FROM checks
    WHERE checks.credential_id = credentials.id AND checks.secret_version = credentials.secret_version
      AND checks.verdict <> 'nothing'
    ORDER BY checks.checked_at DESC LIMIT 1
  ) AS latest ON true
  -- The latest check that signed in: a later refusal says nothing about the key's end.
  LEFT JOIN LATERAL (
    SELECT (checks.record->'details'->>'keyEndsAt')::timestamptz AS ends_at FROM checks
    WHERE checks.credential_id = credentials.id AND checks.secret_version = credentials.secret_version
      AND checks.verdict IN ('verified', 'restricted') AND checks.reason IS NULL
    ORDER BY checks.checked_at DESC LIMIT 1
  ) AS accepted ON true
  -- No text holds a unit separator, so no search finds two fields at once. The name and ten tags are never cut.
  CROSS JOIN LATERAL (
    SELECT lower(concat_ws(chr(31), credentials.name,
      CASE WHEN cardinality(credentials.tags) > 0
        THEN '#' || array_to_string(credentials.tags, chr(31) || '#') END,
      servers.base_url, credentials.description)) AS search
  ) AS whole
  CROSS JOIN LATERAL (
    SELECT credentials.owner_id AS grantee_id
    UNION SELECT coalesce(credential_grants.user_id, credential_grants.team_id) FROM credential_grants
    WHERE credential_grants.credential_id = credentials.id AND credential_grants.ended_at IS NULL
  ) AS access;
--> statement-breakpoint
DROP TRIGGER credentials_are_listed ON credentials;
--> statement-breakpoint
CREATE TRIGGER credentials_are_listed
  AFTER INSERT OR UPDATE OF
    owner_id, server_id, kind, name, description, tags, secret_version, key_expires_on, created_at
  ON credentials
  FOR EACH ROW EXECUTE FUNCTION list_changed_credential();
