CREATE TABLE "deliveries" (
	"run_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"key" text NOT NULL,
	"record" text NOT NULL,
	"target" text NOT NULL,
	"state" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"values" jsonb NOT NULL,
	"input" jsonb NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"cure" text,
	"status" integer,
	"answer" jsonb,
	"requests" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"at" timestamp (3) with time zone,
	CONSTRAINT "deliveries_run_id_number_pk" PRIMARY KEY("run_id","number")
);
--> statement-breakpoint
CREATE TABLE "delivery_ledger" (
	"endpoint_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"key" "bytea" NOT NULL,
	"state" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"answer" jsonb,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "delivery_ledger_endpoint_id_scope_key_pk" PRIMARY KEY("endpoint_id","scope","key")
);
--> statement-breakpoint
CREATE TABLE "upload_rows" (
	"upload_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"line" integer NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "upload_rows_upload_id_number_pk" PRIMARY KEY("upload_id","number")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"format" text NOT NULL,
	"bytes" bigint NOT NULL,
	"records" integer DEFAULT 0 NOT NULL,
	"columns" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "writing" jsonb;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "input_source_id" uuid;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "input_upload_id" uuid;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "taken_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "keep_deliveries_days" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "kind" text DEFAULT 'read' NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "pick" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "taking" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "taken" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "would_send" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "sent" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "already_there" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "rejected" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "skipped" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "unknown" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "held" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_ledger" ADD CONSTRAINT "delivery_ledger_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_rows" ADD CONSTRAINT "upload_rows_upload_id_uploads_id_fk" FOREIGN KEY ("upload_id") REFERENCES "public"."uploads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_by_state" ON "deliveries" USING btree ("run_id","state","number");--> statement-breakpoint
CREATE INDEX "deliveries_by_key" ON "deliveries" USING btree ("run_id","key" text_pattern_ops,"number");--> statement-breakpoint
CREATE INDEX "deliveries_by_target" ON "deliveries" USING btree ("run_id","target","number") WHERE state = 'pending';--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_input_source_id_endpoints_id_fk" FOREIGN KEY ("input_source_id") REFERENCES "public"."endpoints"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_input_upload_id_uploads_id_fk" FOREIGN KEY ("input_upload_id") REFERENCES "public"."uploads"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "endpoints_by_input" ON "endpoints" USING btree ("input_source_id");--> statement-breakpoint
CREATE INDEX "endpoints_by_upload" ON "endpoints" USING btree ("input_upload_id");