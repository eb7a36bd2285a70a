CREATE TABLE "datasets" (
	"endpoint_id" uuid PRIMARY KEY NOT NULL,
	"newest" bigint DEFAULT 0 NOT NULL,
	"records" bigint DEFAULT 0 NOT NULL,
	"deleted" bigint DEFAULT 0 NOT NULL,
	"full_run_at" timestamp (3) with time zone,
	"runs_since_full" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "partition_cursors" (
	"endpoint_id" uuid NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	CONSTRAINT "partition_cursors_endpoint_id_key_pk" PRIMARY KEY("endpoint_id","key")
);
--> statement-breakpoint
CREATE TABLE "record_groups" (
	"endpoint_id" uuid NOT NULL,
	"id" text NOT NULL,
	"label" text NOT NULL,
	"address" jsonb NOT NULL,
	"state" text DEFAULT 'readable' NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"previous_label" text,
	"moved_at" timestamp (3) with time zone,
	"pass_id" uuid,
	CONSTRAINT "record_groups_endpoint_id_id_pk" PRIMARY KEY("endpoint_id","id")
);
--> statement-breakpoint
CREATE TABLE "records" (
	"endpoint_id" uuid NOT NULL,
	"key" text NOT NULL,
	"seq" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	"group_id" text,
	"parent" text,
	"data" jsonb NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"run_id" uuid NOT NULL,
	CONSTRAINT "records_endpoint_id_key_pk" PRIMARY KEY("endpoint_id","key")
);
--> statement-breakpoint
CREATE TABLE "run_partitions" (
	"pass_id" uuid NOT NULL,
	"key" text NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "run_partitions_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"group_id" text,
	"label" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"reason" text,
	"position" jsonb,
	"cursor" jsonb,
	"received" bigint DEFAULT 0 NOT NULL,
	"calls" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "run_partitions_pass_id_key_pk" PRIMARY KEY("pass_id","key")
);
--> statement-breakpoint
CREATE TABLE "run_seen" (
	"pass_id" uuid NOT NULL,
	"key_hash" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"pass_id" uuid NOT NULL,
	"mode" text NOT NULL,
	"trigger" text NOT NULL,
	"requested_by" uuid,
	"state" text DEFAULT 'queued' NOT NULL,
	"reason" text,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"cancel_wanted" boolean DEFAULT false NOT NULL,
	"holder" text,
	"fence" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"wait_until" timestamp (3) with time zone,
	"retries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"turn_at" timestamp (3) with time zone,
	"partitions" integer DEFAULT 0 NOT NULL,
	"partitions_done" integer DEFAULT 0 NOT NULL,
	"partitions_skipped" integer DEFAULT 0 NOT NULL,
	"partitions_failed" integer DEFAULT 0 NOT NULL,
	"received" bigint DEFAULT 0 NOT NULL,
	"added" bigint DEFAULT 0 NOT NULL,
	"changed" bigint DEFAULT 0 NOT NULL,
	"unchanged" bigint DEFAULT 0 NOT NULL,
	"deleted" bigint DEFAULT 0 NOT NULL,
	"unusable" integer DEFAULT 0 NOT NULL,
	"calls" integer DEFAULT 0 NOT NULL,
	"waited_ms" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_allowances" (
	"base_url" text NOT NULL,
	"account" text NOT NULL,
	"capacity" double precision,
	"per_second" double precision,
	"tokens" double precision DEFAULT 0 NOT NULL,
	"counted_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"blocked_until" timestamp (3) with time zone,
	CONSTRAINT "request_allowances_base_url_account_pk" PRIMARY KEY("base_url","account")
);
--> statement-breakpoint
CREATE TABLE "server_slots" (
	"server" text NOT NULL,
	"slot" integer NOT NULL,
	"holder" text,
	"until" timestamp (3) with time zone,
	"wanted_until" timestamp (3) with time zone,
	CONSTRAINT "server_slots_server_slot_pk" PRIMARY KEY("server","slot")
);
--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "settings" jsonb;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "schedule" jsonb DEFAULT '{"kind":"manual"}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "next_run_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "failing_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "keep_runs_days" integer DEFAULT 90 NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "keep_deleted_days" integer DEFAULT 90 NOT NULL;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "endpoint_id" uuid;--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partition_cursors" ADD CONSTRAINT "partition_cursors_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_groups" ADD CONSTRAINT "record_groups_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "records" ADD CONSTRAINT "records_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_partitions" ADD CONSTRAINT "run_partitions_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "records_by_seq" ON "records" USING btree ("endpoint_id","seq");--> statement-breakpoint
CREATE INDEX "records_deleted" ON "records" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "records_by_parent" ON "records" USING btree ("endpoint_id","parent") WHERE parent is not null;--> statement-breakpoint
CREATE INDEX "run_partitions_pending" ON "run_partitions" USING btree ("pass_id","number") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "run_partitions_by_endpoint" ON "run_partitions" USING btree ("endpoint_id");--> statement-breakpoint
CREATE INDEX "run_seen_by_pass" ON "run_seen" USING btree ("pass_id");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_active" ON "runs" USING btree ("endpoint_id") WHERE state in ('queued', 'running', 'waiting');--> statement-breakpoint
CREATE INDEX "runs_newest" ON "runs" USING btree ("endpoint_id","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_by_turn" ON "runs" USING btree ("turn_at") WHERE state in ('queued', 'running', 'waiting');--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "endpoints_by_next_run" ON "endpoints" USING btree ("next_run_at");