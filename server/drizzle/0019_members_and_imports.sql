CREATE TABLE "file_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"file_hash" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"received_bytes" integer DEFAULT 0 NOT NULL,
	"state" text DEFAULT 'uploading' NOT NULL,
	"scope" jsonb,
	"rows_done" integer DEFAULT 0 NOT NULL,
	"counts" jsonb,
	"plan" text,
	"changed_since" boolean DEFAULT false NOT NULL,
	"problem" jsonb,
	"content" jsonb,
	"made_id" uuid,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "file_import_organisation_id" UNIQUE("organisation_id","id"),
	CONSTRAINT "file_import_kind" CHECK ("file_import"."kind" in ('members', 'scorecard'))
);
--> statement-breakpoint
CREATE TABLE "import_part" (
	"organisation_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"offset_bytes" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "import_part_key" PRIMARY KEY("import_id","offset_bytes")
);
--> statement-breakpoint
CREATE TABLE "import_row" (
	"organisation_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"line" integer NOT NULL,
	"cells" jsonb NOT NULL,
	"fields" jsonb NOT NULL,
	"employee_number" text,
	"email" text,
	"name" text,
	"read_faults" jsonb NOT NULL,
	"faults" jsonb,
	"planned" jsonb,
	"outcome" text,
	"member_id" uuid,
	CONSTRAINT "import_row_key" PRIMARY KEY("import_id","number")
);
--> statement-breakpoint
ALTER TABLE "member" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "link" ADD COLUMN "member_id" uuid;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "employee_number" text;--> statement-breakpoint
ALTER TABLE "file_import" ADD CONSTRAINT "file_import_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_import" ADD CONSTRAINT "file_import_member" FOREIGN KEY ("organisation_id","member_id") REFERENCES "public"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_part" ADD CONSTRAINT "import_part_import" FOREIGN KEY ("organisation_id","import_id") REFERENCES "public"."file_import"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_import" FOREIGN KEY ("organisation_id","import_id") REFERENCES "public"."file_import"("organisation_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "file_import_of" ON "file_import" USING btree ("organisation_id","member_id");--> statement-breakpoint
CREATE INDEX "file_import_old" ON "file_import" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "import_row_outcome" ON "import_row" USING btree ("import_id","outcome","number");--> statement-breakpoint
CREATE INDEX "import_row_employee_number" ON "import_row" USING btree ("import_id","employee_number");--> statement-breakpoint
CREATE INDEX "import_row_email" ON "import_row" USING btree ("import_id","email");--> statement-breakpoint
CREATE INDEX "import_row_name" ON "import_row" USING btree ("import_id","name");--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_member" FOREIGN KEY ("organisation_id","member_id") REFERENCES "public"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "member_email" ON "member" USING btree ("organisation_id",lower("email"));--> statement-breakpoint
CREATE INDEX "member_name" ON "member" USING btree ("organisation_id","name","id");--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_employee_number" UNIQUE("organisation_id","employee_number");--> statement-breakpoint
ALTER TABLE "link" ADD CONSTRAINT "link_member_kind" CHECK ("link"."member_id" is null or "link"."kind" = 'invitation');--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_one_email" CHECK ("member"."user_id" is null or "member"."email" is null);--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_guest_user" CHECK (not "member"."guest" or "member"."user_id" is not null);