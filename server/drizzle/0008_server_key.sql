CREATE TABLE "server_key" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"proof" "bytea" NOT NULL,
	"rotated_at" timestamp(3) with time zone,
	CONSTRAINT "server_key_single" CHECK ("server_key"."id" = 1)
);
