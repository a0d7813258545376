ALTER TABLE "client" ADD COLUMN "archived_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "lob" ADD COLUMN "archived_at" timestamp(3) with time zone;