ALTER TABLE "member" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "member_id" uuid;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "employee_number" text;--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_member" FOREIGN KEY ("organisation_id","member_id") REFERENCES "public"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "member_email" ON "member" USING btree ("organisation_id",lower("email"));--> statement-breakpoint
CREATE INDEX "member_name" ON "member" USING btree ("organisation_id","name","id");--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_employee_number" UNIQUE("organisation_id","employee_number");--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_member_kind" CHECK ("link"."member_id" is null or "link"."kind" = 'invitation');--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_one_email" CHECK ("member"."user_id" is null or "member"."email" is null);--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_guest_user" CHECK (not "member"."guest" or "member"."user_id" is not null);