ALTER TABLE "device_request" ADD COLUMN "words_hash" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "device_request" ADD COLUMN "member_id" uuid;