ALTER TABLE "sign_in_guards" ADD COLUMN "word_used_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sign_in_guards" DROP COLUMN "words_used";