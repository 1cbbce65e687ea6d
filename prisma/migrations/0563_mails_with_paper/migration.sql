-- A report is mailed as what machines read and as what people print.
ALTER TABLE "mails" ADD COLUMN "paper_name" TEXT, ADD COLUMN "paper" BYTEA,
  ADD CONSTRAINT "mails_paper_check" CHECK ((paper_name IS NULL) = (paper IS NULL));
