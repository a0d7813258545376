ALTER TABLE "document_client" DROP CONSTRAINT "document_client_document_id_document_id_fk";
--> statement-breakpoint
ALTER TABLE "document_update" DROP CONSTRAINT "document_update_document_id_document_id_fk";
--> statement-breakpoint
ALTER TABLE "document_client" ADD COLUMN "organisation_id" uuid;--> statement-breakpoint
ALTER TABLE "document_update" ADD COLUMN "organisation_id" uuid;--> statement-breakpoint
ALTER TABLE "command_reply" ADD COLUMN "organisation_id" uuid;--> statement-breakpoint
UPDATE "document_client" SET "organisation_id" = "document"."organisation_id" FROM "document" WHERE "document"."id" = "document_client"."document_id";--> statement-breakpoint
UPDATE "document_update" SET "organisation_id" = "document"."organisation_id" FROM "document" WHERE "document"."id" = "document_update"."document_id";--> statement-breakpoint
UPDATE "command_reply" SET "organisation_id" = "member"."organisation_id" FROM "member" WHERE "member"."id" = "command_reply"."member_id";--> statement-breakpoint
-- Of guests who are gone: nobody can ask for these again.
DELETE FROM "command_reply" WHERE "organisation_id" IS NULL;--> statement-breakpoint
ALTER TABLE "document_client" ALTER COLUMN "organisation_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "document_update" ALTER COLUMN "organisation_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "command_reply" ALTER COLUMN "organisation_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_organisation_id" UNIQUE("organisation_id","id");--> statement-breakpoint
ALTER TABLE "document_client" ADD CONSTRAINT "document_client_document" FOREIGN KEY ("organisation_id","document_id") REFERENCES "public"."document"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_update" ADD CONSTRAINT "document_update_document" FOREIGN KEY ("organisation_id","document_id") REFERENCES "public"."document"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "command_reply" ADD CONSTRAINT "command_reply_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_organisation" CHECK (("link"."kind" = 'set-up') = ("link"."organisation_id" is null));
