-- Written by hand, but for the tables, their keys and the indexes.
-- Every three characters in a row, as a number that differs for each grantee.
CREATE FUNCTION search_keys(grantee uuid, search text) RETURNS bigint[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(hashtextextended(substr(search, n, 3) COLLATE "C", uuid_hash_extended(grantee, 0))), '{}')
  FROM generate_series(1, length(search) - 2) AS n
$$;
--> statement-breakpoint
CREATE TABLE "credential_search_texts" (
	"credential_id" uuid NOT NULL,
	"grantee_id" uuid NOT NULL,
	"search" text NOT NULL,
	CONSTRAINT "credential_search_texts_credential_id_grantee_id_pk" PRIMARY KEY("credential_id","grantee_id")
);
--> statement-breakpoint
CREATE TABLE "endpoint_search_texts" (
	"endpoint_id" uuid NOT NULL,
	"grantee_id" uuid NOT NULL,
	"search" text NOT NULL,
	CONSTRAINT "endpoint_search_texts_endpoint_id_grantee_id_pk" PRIMARY KEY("endpoint_id","grantee_id")
);
--> statement-breakpoint
ALTER TABLE "credential_search_texts" ADD CONSTRAINT "credential_search_texts_listing" FOREIGN KEY ("credential_id","grantee_id") REFERENCES "public"."credential_listings"("credential_id","grantee_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoint_search_texts" ADD CONSTRAINT "endpoint_search_texts_listing" FOREIGN KEY ("endpoint_id","grantee_id") REFERENCES "public"."endpoint_listings"("endpoint_id","grantee_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- No text holds a unit separator, so no search finds two fields at once. The same text as in the listings, but never cut.
CREATE VIEW credential_search_source AS
  SELECT credentials.id AS credential_id, lower(concat_ws(chr(31), credentials.name,
    CASE WHEN cardinality(credentials.tags) > 0
      THEN '#' || array_to_string(credentials.tags, chr(31) || '#') END,
    servers.base_url, credentials.description)) AS search
  FROM credentials JOIN servers ON servers.id = credentials.server_id;
--> statement-breakpoint
CREATE VIEW endpoint_search_source AS
  SELECT endpoints.id AS endpoint_id, lower(concat_ws(chr(31), endpoints.name, endpoints.description)) AS search
  FROM endpoints;
--> statement-breakpoint
INSERT INTO credential_search_texts (credential_id, grantee_id, search)
  SELECT listings.credential_id, listings.grantee_id, source.search
  FROM credential_listings AS listings JOIN credential_search_source AS source USING (credential_id);
--> statement-breakpoint
INSERT INTO endpoint_search_texts (endpoint_id, grantee_id, search)
  SELECT listings.endpoint_id, listings.grantee_id, source.search
  FROM endpoint_listings AS listings JOIN endpoint_search_source AS source USING (endpoint_id);
--> statement-breakpoint
CREATE INDEX "credential_search_texts_keys" ON "credential_search_texts" USING gin (search_keys("grantee_id", "search")) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "endpoint_search_texts_keys" ON "endpoint_search_texts" USING gin (search_keys("grantee_id", "search")) WITH (fastupdate=false);
--> statement-breakpoint
CREATE FUNCTION add_credential_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO credential_search_texts (credential_id, grantee_id, search)
    SELECT NEW.credential_id, NEW.grantee_id, source.search
    FROM credential_search_source AS source WHERE source.credential_id = NEW.credential_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER credential_listings_are_searched
  AFTER INSERT ON credential_listings
  FOR EACH ROW EXECUTE FUNCTION add_credential_search_text();
--> statement-breakpoint
CREATE FUNCTION change_credential_search_texts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE credential_search_texts AS texts SET search = source.search
    FROM credential_search_source AS source
    WHERE source.credential_id = NEW.id AND texts.credential_id = NEW.id AND texts.search <> source.search;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER credentials_are_searched
  AFTER UPDATE OF name, tags, description, server_id ON credentials
  FOR EACH ROW EXECUTE FUNCTION change_credential_search_texts();
--> statement-breakpoint
-- The credentials that surely include all of a grantee's with each of these texts; null if there are more than `most`, or
-- if no text has three characters. The planner takes a text for more common than it is, so it has no choice here.
CREATE FUNCTION few_credentials(grantee uuid, texts text[], most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
DECLARE
  keys bigint[];
  found uuid[];
BEGIN
  SELECT array_agg(DISTINCT key) INTO keys FROM unnest(texts) AS text, unnest(search_keys(grantee, text)) AS key;
  IF keys IS NULL THEN RETURN NULL; END IF;
  SELECT coalesce(array_agg(few.id), '{}') INTO found FROM (
    SELECT searched.credential_id AS id FROM credential_search_texts AS searched
    WHERE search_keys(searched.grantee_id, searched.search) @> keys LIMIT most + 1) AS few;
  RETURN CASE WHEN cardinality(found) <= most THEN found END;
END
$$;
--> statement-breakpoint
CREATE FUNCTION add_endpoint_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO endpoint_search_texts (endpoint_id, grantee_id, search)
    SELECT NEW.endpoint_id, NEW.grantee_id, source.search
    FROM endpoint_search_source AS source WHERE source.endpoint_id = NEW.endpoint_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER endpoint_listings_are_searched
  AFTER INSERT ON endpoint_listings
  FOR EACH ROW EXECUTE FUNCTION add_endpoint_search_text();
--> statement-breakpoint
CREATE FUNCTION change_endpoint_search_texts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE endpoint_search_texts AS texts SET search = source.search
    FROM endpoint_search_source AS source
    WHERE source.endpoint_id = NEW.id AND texts.endpoint_id = NEW.id AND texts.search <> source.search;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER endpoints_are_searched
  AFTER UPDATE OF name, description ON endpoints
  FOR EACH ROW EXECUTE FUNCTION change_endpoint_search_texts();
--> statement-breakpoint
-- The same for sources and destinations.
CREATE FUNCTION few_endpoints(grantee uuid, texts text[], most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
DECLARE
  keys bigint[];
  found uuid[];
BEGIN
  SELECT array_agg(DISTINCT key) INTO keys FROM unnest(texts) AS text, unnest(search_keys(grantee, text)) AS key;
  IF keys IS NULL THEN RETURN NULL; END IF;
  SELECT coalesce(array_agg(few.id), '{}') INTO found FROM (
    SELECT searched.endpoint_id AS id FROM endpoint_search_texts AS searched
    WHERE search_keys(searched.grantee_id, searched.search) @> keys LIMIT most + 1) AS few;
  RETURN CASE WHEN cardinality(found) <= most THEN found END;
END
$$;
