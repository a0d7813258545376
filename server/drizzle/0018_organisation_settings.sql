ALTER TABLE "organisation" ADD COLUMN "time_zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation" ADD COLUMN "threshold_hundredths" integer DEFAULT 1000 NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation" ADD COLUMN "settings_revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation" ADD COLUMN "settings_by" uuid;