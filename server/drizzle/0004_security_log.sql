CREATE TABLE "security_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid,
	"at" timestamp(3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"actor_id" uuid,
	"member_id" uuid,
	"session_id" uuid,
	"link_id" uuid,
	"sign_in_id" uuid,
	"address" text,
	"device" text,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "link" DROP CONSTRAINT "link_kind";--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "user_id" uuid;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "password_reset_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "password_reset_by" uuid;--> statement-breakpoint
ALTER TABLE "security_event" ADD CONSTRAINT "security_event_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "security_event_newest" ON "security_event" USING btree ("organisation_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "security_event_age" ON "security_event" USING btree ("at");--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_user" CHECK (("link"."kind" = 'password-reset') = ("link"."user_id" is not null));--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_kind" CHECK ("link"."kind" in ('set-up', 'invitation', 'password-reset'));