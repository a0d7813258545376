ALTER TABLE "scorecard_version" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "scorecard_version" ADD COLUMN "changed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "scorecard_version" ADD COLUMN "changed_by" uuid;--> statement-breakpoint
ALTER TABLE "scorecard_version" ADD CONSTRAINT "scorecard_version_changed_by" FOREIGN KEY ("organisation_id","changed_by") REFERENCES "public"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;