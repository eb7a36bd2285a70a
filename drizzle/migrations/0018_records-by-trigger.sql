-- Checking the foreign key for each record took a quarter of the time of a page. Whoever stores records has locked the
-- source, and this deletes them with it, as the foreign key did.
ALTER TABLE "records" DROP CONSTRAINT IF EXISTS "records_endpoint_id_endpoints_id_fk";
--> statement-breakpoint
CREATE FUNCTION delete_records_of_endpoint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM records WHERE endpoint_id = OLD.id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER records_go_with_their_endpoint
  AFTER DELETE ON endpoints
  FOR EACH ROW EXECUTE FUNCTION delete_records_of_endpoint();
