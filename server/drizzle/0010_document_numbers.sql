ALTER TABLE "document" ADD COLUMN "update_number" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "document_update" ADD COLUMN "number" bigint;--> statement-breakpoint
-- In the order in which they were read so far: a snapshot before what came while it was made.
UPDATE "document_update" SET "number" = "counted"."number" FROM (
	SELECT "sequence", row_number() OVER (PARTITION BY "document_id" ORDER BY "snapshot" DESC, "sequence") AS "number" FROM "document_update"
) AS "counted" WHERE "counted"."sequence" = "document_update"."sequence";--> statement-breakpoint
UPDATE "document" SET "update_number" = "last"."number" FROM (
	SELECT "document_id", max("number") AS "number" FROM "document_update" GROUP BY "document_id"
) AS "last" WHERE "last"."document_id" = "document"."id";--> statement-breakpoint
DROP INDEX "document_update_document";--> statement-breakpoint
ALTER TABLE "document_update" DROP COLUMN "sequence";--> statement-breakpoint
ALTER TABLE "document_update" ALTER COLUMN "number" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "document_update" ADD CONSTRAINT "document_update_key" PRIMARY KEY("document_id","number");
