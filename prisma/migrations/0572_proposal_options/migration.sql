-- Lines that a customer may choose. The price of a proposal is what stands without them until she accepts; what approvals judge is the worst
-- that any choice comes to. What she chose is kept with a hash over the content and the choice.
ALTER TABLE "proposal_lines" ADD COLUMN "is_optional" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "proposals" ADD COLUMN "full_list_minor" BIGINT, ADD COLUMN "full_net_minor" BIGINT, ADD COLUMN "worst_discount_bp" INTEGER,
  ADD COLUMN "worst_margin_bp" INTEGER, ADD COLUMN "chosen_options" INTEGER[], ADD COLUMN "accepted_hash" TEXT,
  ADD CONSTRAINT "proposals_options_check" CHECK ((full_list_minor IS NULL) = (full_net_minor IS NULL) AND (full_list_minor IS NULL) = (worst_discount_bp IS NULL)
    AND full_net_minor BETWEEN 0 AND full_list_minor),
  ADD CONSTRAINT "proposals_choice_check" CHECK ((chosen_options IS NULL) = (accepted_hash IS NULL) AND (accepted_hash IS NULL OR state = 'accepted'));
