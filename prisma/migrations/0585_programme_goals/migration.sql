-- Sales of the whole company that a month aims at; the programme's plan is made back from them.
CREATE TABLE "programme_goals" (
    "workspace_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "sales" INTEGER NOT NULL,
    "set_by_id" UUID,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "programme_goals_pkey" PRIMARY KEY ("workspace_id","month"),
    CONSTRAINT "programme_goals_month_check" CHECK (extract(day from month) = 1),
    CONSTRAINT "programme_goals_sales_check" CHECK (sales BETWEEN 1 AND 1000000)
);

ALTER TABLE "programme_goals" ADD CONSTRAINT "programme_goals_set_by_id_fkey" FOREIGN KEY (workspace_id, set_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "programme_goals" ADD CONSTRAINT "programme_goals_workspace_id_fkey" FOREIGN KEY (workspace_id)
  REFERENCES workspaces (id) ON UPDATE NO ACTION;

ALTER TABLE "programme_goals" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "programme_goals" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "programme_goals" USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "programme_goals" TO wheelhouse_app;
