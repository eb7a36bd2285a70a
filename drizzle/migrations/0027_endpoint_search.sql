-- Emptied, because the new columns have no default; filled again below.
DELETE FROM "endpoint_listings";--> statement-breakpoint
ALTER TABLE "endpoint_listings" ADD COLUMN "search" text NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint_listings" ADD COLUMN "is_cut" boolean NOT NULL;--> statement-breakpoint
CREATE INDEX "endpoint_listings_search" ON "endpoint_listings" USING btree ("grantee_id","direction","created_at","endpoint_id","is_cut","search");
--> statement-breakpoint
CREATE OR REPLACE VIEW endpoint_listing_source AS
  SELECT access.grantee_id, endpoints.created_at, endpoints.id AS endpoint_id, endpoints.direction,
    CASE WHEN newest.state IN ('failed', 'incomplete') THEN newest.created_at END AS to_tend_since,
    -- Characters have at most four bytes, and an index row fewer than 2,700.
    left(whole.search, 500) AS search, length(whole.search) > 500 AS is_cut
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
INSERT INTO endpoint_listings (grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut)
  SELECT grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut FROM endpoint_listing_source;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refresh_endpoint_listings(changed uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM endpoint_listings WHERE endpoint_id = changed AND grantee_id NOT IN (
    SELECT source.grantee_id FROM endpoint_listing_source AS source WHERE source.endpoint_id = changed);
  INSERT INTO endpoint_listings (grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut)
    SELECT grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut
    FROM endpoint_listing_source WHERE endpoint_id = changed
    EXCEPT
    SELECT grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut
    FROM endpoint_listings WHERE endpoint_id = changed
  ON CONFLICT (endpoint_id, grantee_id) DO UPDATE SET created_at = excluded.created_at,
    direction = excluded.direction, to_tend_since = excluded.to_tend_since, search = excluded.search,
    is_cut = excluded.is_cut;
END
$$;
--> statement-breakpoint
DROP TRIGGER endpoints_are_listed ON endpoints;
--> statement-breakpoint
CREATE TRIGGER endpoints_are_listed
  AFTER INSERT OR UPDATE OF owner_id, direction, name, description, created_at ON endpoints
  FOR EACH ROW EXECUTE FUNCTION list_changed_endpoint();
