CREATE TABLE "credential_listings" (
	"grantee_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"credential_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"kind" text DEFAULT 'bitbucket-server' NOT NULL,
	"status" text NOT NULL,
	"search" text NOT NULL,
	"is_cut" boolean NOT NULL,
	CONSTRAINT "credential_listings_credential_id_grantee_id_pk" PRIMARY KEY("credential_id","grantee_id")
);
--> statement-breakpoint
CREATE TABLE "endpoint_listings" (
	"grantee_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"direction" text NOT NULL,
	"to_tend_since" timestamp (3) with time zone,
	CONSTRAINT "endpoint_listings_endpoint_id_grantee_id_pk" PRIMARY KEY("endpoint_id","grantee_id")
);
--> statement-breakpoint
DROP INDEX "endpoints_by_credential";--> statement-breakpoint
ALTER TABLE "credential_listings" ADD CONSTRAINT "credential_listings_credential_id_credentials_id_fk" FOREIGN KEY ("credential_id") REFERENCES "public"."credentials"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoint_listings" ADD CONSTRAINT "endpoint_listings_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "credential_listings_newest" ON "credential_listings" USING btree ("grantee_id","created_at","credential_id","owner_id","kind","status");--> statement-breakpoint
CREATE INDEX "credential_listings_search" ON "credential_listings" USING btree ("grantee_id","created_at","credential_id","owner_id","kind","status","is_cut","search");--> statement-breakpoint
CREATE INDEX "endpoint_listings_newest" ON "endpoint_listings" USING btree ("grantee_id","direction","created_at","endpoint_id");--> statement-breakpoint
CREATE INDEX "endpoint_listings_to_tend" ON "endpoint_listings" USING btree ("grantee_id","to_tend_since","endpoint_id") WHERE "endpoint_listings"."to_tend_since" is not null;--> statement-breakpoint
CREATE INDEX "users_disabled" ON "users" USING btree ("id") WHERE "users"."disabled_at" is not null;--> statement-breakpoint
CREATE INDEX "endpoints_by_credential" ON "endpoints" USING btree ("credential_id","owner_id");
--> statement-breakpoint
-- What the listings should contain. Filling them, keeping them and testing them all read this.
CREATE VIEW credential_listing_source AS
  SELECT access.grantee_id, credentials.created_at, credentials.id AS credential_id, credentials.owner_id,
    credentials.kind, coalesce(latest.verdict, 'unproven') AS status,
    -- Characters have at most four bytes, and an index row fewer than 2,700.
    left(whole.search, 500) AS search, length(whole.search) > 500 AS is_cut
  FROM credentials
  JOIN servers ON servers.id = credentials.server_id
  LEFT JOIN LATERAL (
    SELECT checks.verdict FROM checks
    WHERE checks.credential_id = credentials.id AND checks.secret_version = credentials.secret_version
      AND checks.verdict <> 'nothing'
    ORDER BY checks.checked_at DESC LIMIT 1
  ) AS latest ON true
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
CREATE VIEW endpoint_listing_source AS
  SELECT access.grantee_id, endpoints.created_at, endpoints.id AS endpoint_id, endpoints.direction,
    CASE WHEN newest.state IN ('failed', 'incomplete') THEN newest.created_at END AS to_tend_since
  FROM endpoints
  LEFT JOIN LATERAL (
    SELECT runs.state, runs.created_at FROM runs
    WHERE runs.endpoint_id = endpoints.id AND runs.kind <> 'dry-run'
    ORDER BY runs.created_at DESC, runs.id DESC LIMIT 1
  ) AS newest ON true
  CROSS JOIN LATERAL (
    SELECT endpoints.owner_id AS grantee_id
    UNION SELECT coalesce(endpoint_grants.user_id, endpoint_grants.team_id) FROM endpoint_grants
    WHERE endpoint_grants.endpoint_id = endpoints.id AND endpoint_grants.ended_at IS NULL
  ) AS access;
--> statement-breakpoint
INSERT INTO credential_listings (grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut)
  SELECT grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut FROM credential_listing_source;
--> statement-breakpoint
INSERT INTO endpoint_listings (grantee_id, created_at, endpoint_id, direction, to_tend_since)
  SELECT grantee_id, created_at, endpoint_id, direction, to_tend_since FROM endpoint_listing_source;
--> statement-breakpoint
-- All that change access, fields or checks have locked the credential, so two refreshes of one never cross. Rows that
-- stay as they are get no lock and no new version: most checks only repeat the status.
CREATE FUNCTION refresh_credential_listings(changed uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM credential_listings WHERE credential_id = changed AND grantee_id NOT IN (
    SELECT source.grantee_id FROM credential_listing_source AS source WHERE source.credential_id = changed);
  INSERT INTO credential_listings (grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut)
    SELECT grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut
    FROM credential_listing_source WHERE credential_id = changed
    EXCEPT
    SELECT grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut
    FROM credential_listings WHERE credential_id = changed
  ON CONFLICT (credential_id, grantee_id) DO UPDATE SET created_at = excluded.created_at,
    owner_id = excluded.owner_id, kind = excluded.kind, status = excluded.status, search = excluded.search,
    is_cut = excluded.is_cut;
END
$$;
--> statement-breakpoint
CREATE FUNCTION refresh_endpoint_listings(changed uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM endpoint_listings WHERE endpoint_id = changed AND grantee_id NOT IN (
    SELECT source.grantee_id FROM endpoint_listing_source AS source WHERE source.endpoint_id = changed);
  INSERT INTO endpoint_listings (grantee_id, created_at, endpoint_id, direction, to_tend_since)
    SELECT grantee_id, created_at, endpoint_id, direction, to_tend_since
    FROM endpoint_listing_source WHERE endpoint_id = changed
    EXCEPT
    SELECT grantee_id, created_at, endpoint_id, direction, to_tend_since
    FROM endpoint_listings WHERE endpoint_id = changed
  ON CONFLICT (endpoint_id, grantee_id) DO UPDATE SET created_at = excluded.created_at,
    direction = excluded.direction, to_tend_since = excluded.to_tend_since;
END
$$;
--> statement-breakpoint
CREATE FUNCTION list_changed_credential() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'credentials' THEN
    PERFORM refresh_credential_listings(NEW.id);
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM refresh_credential_listings(OLD.credential_id);
  ELSE
    PERFORM refresh_credential_listings(NEW.credential_id);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION list_changed_endpoint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'endpoints' THEN
    PERFORM refresh_endpoint_listings(NEW.id);
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM refresh_endpoint_listings(OLD.endpoint_id);
  ELSE
    PERFORM refresh_endpoint_listings(NEW.endpoint_id);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- A server's base URL never changes. Of deleted checks and runs, a newer one always stays.
CREATE TRIGGER credentials_are_listed
  AFTER INSERT OR UPDATE OF owner_id, server_id, kind, name, description, secret_version, created_at ON credentials
  FOR EACH ROW EXECUTE FUNCTION list_changed_credential();
--> statement-breakpoint
CREATE TRIGGER credential_grants_are_listed
  AFTER INSERT OR UPDATE OR DELETE ON credential_grants
  FOR EACH ROW EXECUTE FUNCTION list_changed_credential();
--> statement-breakpoint
CREATE TRIGGER checks_are_listed
  AFTER INSERT OR UPDATE ON checks
  FOR EACH ROW EXECUTE FUNCTION list_changed_credential();
--> statement-breakpoint
CREATE TRIGGER endpoints_are_listed
  AFTER INSERT OR UPDATE OF owner_id, direction, created_at ON endpoints
  FOR EACH ROW EXECUTE FUNCTION list_changed_endpoint();
--> statement-breakpoint
CREATE TRIGGER endpoint_grants_are_listed
  AFTER INSERT OR UPDATE OR DELETE ON endpoint_grants
  FOR EACH ROW EXECUTE FUNCTION list_changed_endpoint();
--> statement-breakpoint
CREATE TRIGGER runs_are_listed
  AFTER INSERT OR UPDATE OF state, kind, created_at ON runs
  FOR EACH ROW EXECUTE FUNCTION list_changed_endpoint();
