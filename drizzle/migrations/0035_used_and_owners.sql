-- The listings are copies: emptied here, and filled again below.
DELETE FROM "credential_listings";--> statement-breakpoint
DROP INDEX "credential_listings_newest";--> statement-breakpoint
DROP INDEX "credential_listings_by_name";--> statement-breakpoint
DROP INDEX "credential_listings_by_end";--> statement-breakpoint
ALTER TABLE "credential_secrets" ADD COLUMN "fingerprint" text;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "last_used_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "last_used_by" uuid;--> statement-breakpoint
ALTER TABLE "credential_listings" ADD COLUMN "idle_since" date NOT NULL;--> statement-breakpoint
CREATE INDEX "credential_secrets_by_fingerprint" ON "credential_secrets" USING btree ("fingerprint");--> statement-breakpoint
CREATE INDEX "credential_listings_by_owner" ON "credential_listings" USING btree ("grantee_id","owner_id","created_at");--> statement-breakpoint
CREATE INDEX "credential_listings_newest" ON "credential_listings" USING btree ("grantee_id","created_at","credential_id","owner_id","kind","status","ends_at","server_id","idle_since");--> statement-breakpoint
CREATE INDEX "credential_listings_by_name" ON "credential_listings" USING btree ("grantee_id","name","credential_id","owner_id","kind","status","ends_at","server_id","idle_since");--> statement-breakpoint
CREATE INDEX "credential_listings_by_end" ON "credential_listings" USING btree ("grantee_id",coalesce("ends_at", 'infinity'::timestamp with time zone),"credential_id","owner_id","kind","status","ends_at","server_id","idle_since");
--> statement-breakpoint
-- Written by hand from here on.
-- What the kept runs know: the newest one that asked the server, by the credential that its source or destination has now.
UPDATE credentials SET last_used_at = used.at, last_used_by = used.endpoint_id
  FROM (
    SELECT DISTINCT ON (endpoints.credential_id) endpoints.credential_id, endpoints.id AS endpoint_id, newest.at
    FROM endpoints CROSS JOIN LATERAL (
      SELECT coalesce(runs.started_at, runs.created_at) AS at FROM runs
      WHERE runs.endpoint_id = endpoints.id AND runs.calls > 0
      ORDER BY runs.created_at DESC, runs.id DESC LIMIT 1
    ) AS newest
    ORDER BY endpoints.credential_id, newest.at DESC, endpoints.id
  ) AS used
  WHERE credentials.id = used.credential_id;
--> statement-breakpoint
CREATE OR REPLACE VIEW credential_listing_source AS
  SELECT access.grantee_id, credentials.created_at, credentials.id AS credential_id, credentials.owner_id,
    credentials.kind, coalesce(latest.verdict, 'unproven') AS status,
    -- Characters have at most four bytes, and an index row fewer than 2,700.
    left(whole.search, 500) AS search, length(whole.search) > 500 AS is_cut,
    -- The server's word comes before a user's. A day lasts until its end, in UTC.
    coalesce(accepted.ends_at, (credentials.key_expires_on + 1)::timestamp AT TIME ZONE 'UTC')::timestamptz(3) AS ends_at,
    credentials.server_id,
    credentials.name COLLATE "und-x-icu" AS name,
    -- The day of the last use, or else of the addition.
    (greatest(credentials.created_at, credentials.last_used_at) AT TIME ZONE 'UTC')::date AS idle_since
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
INSERT INTO credential_listings (
    grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name,
    idle_since)
  SELECT grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name,
    idle_since
  FROM credential_listing_source;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refresh_credential_listings(changed uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM credential_listings WHERE credential_id = changed AND grantee_id NOT IN (
    SELECT source.grantee_id FROM credential_listing_source AS source WHERE source.credential_id = changed);
  INSERT INTO credential_listings (
      grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name,
      idle_since)
    SELECT grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name,
      idle_since
    FROM credential_listing_source WHERE credential_id = changed
    EXCEPT
    SELECT grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name,
      idle_since
    FROM credential_listings WHERE credential_id = changed
  ON CONFLICT (credential_id, grantee_id) DO UPDATE SET created_at = excluded.created_at,
    owner_id = excluded.owner_id, kind = excluded.kind, status = excluded.status, search = excluded.search,
    is_cut = excluded.is_cut, ends_at = excluded.ends_at, server_id = excluded.server_id,
    name = excluded.name, idle_since = excluded.idle_since;
END
$$;
--> statement-breakpoint
-- Runs note each use, but the listings change with the first of a day only.
CREATE TRIGGER credential_uses_are_listed
  AFTER UPDATE OF last_used_at ON credentials
  FOR EACH ROW WHEN ((OLD.last_used_at AT TIME ZONE 'UTC')::date IS DISTINCT FROM (NEW.last_used_at AT TIME ZONE 'UTC')::date)
  EXECUTE FUNCTION list_changed_credential();
