-- The foundation: tables, keys, the tenant wall, the audit chain, the outbox, the job door.
-- Roles wheelhouse_app (serves) and wheelhouse_queue (runs jobs, owns schema graphile_worker) exist before this runs.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE SCHEMA IF NOT EXISTS app;


-- CreateTable
CREATE TABLE "customers" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'household',
    "segment" TEXT,
    "place" TEXT,
    "origin" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "time_zone" TEXT,
    "flag" TEXT,
    "notes" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    "merged_into_id" UUID,
    "source_system" TEXT,
    "external_id" TEXT,
    "import_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "persons" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "given_name" TEXT,
    "family_name" TEXT,
    "role" TEXT,
    "locale" TEXT,
    "identity_level" TEXT NOT NULL DEFAULT 'anonymous',
    "is_primary" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "import_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "persons_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "contact_points" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "label" TEXT,
    "provenance" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "import_id" UUID,

    CONSTRAINT "contact_points_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "customer_search" (
    "workspace_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "name_key" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "customer_search_pkey" PRIMARY KEY ("workspace_id","customer_id")
);

-- CreateTable
CREATE TABLE "consents" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "medium" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consents_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "duplicate_pairs" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "first_id" UUID NOT NULL,
    "second_id" UUID NOT NULL,
    "reasons" JSONB NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,

    CONSTRAINT "duplicate_pairs_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "merges" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "survivor_id" UUID NOT NULL,
    "loser_id" UUID NOT NULL,
    "moved" JSONB NOT NULL,
    "merged_at" TIMESTAMPTZ(3) NOT NULL,
    "merged_by_id" UUID,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "merges_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "imports" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "preset" TEXT,
    "mapping" JSONB NOT NULL,
    "files" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "dry_run" BOOLEAN NOT NULL DEFAULT false,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "imports_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "import_rows" (
    "workspace_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "customer_id" UUID,
    "before" JSONB,
    "raw" JSONB NOT NULL,

    CONSTRAINT "import_rows_pkey" PRIMARY KEY ("workspace_id","import_id","line")
);

-- CreateTable
CREATE TABLE "journey_templates" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "published_at" TIMESTAMPTZ(3),
    "published_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "journey_templates_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "stages" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "template_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "spoke_id" UUID NOT NULL,
    "phase" TEXT NOT NULL DEFAULT 'before',
    "entry_status" TEXT NOT NULL DEFAULT 'active',
    "dwell_p50_days" DOUBLE PRECISION,
    "dwell_p80_days" DOUBLE PRECISION,
    "silence_days" INTEGER,
    "allowed_next" TEXT[],
    "required_fields" TEXT[],
    "touchpoints" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "stages_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "journeys" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "primary_person_id" UUID,
    "need" TEXT,
    "template_id" UUID NOT NULL,
    "stage_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "is_primary" BOOLEAN NOT NULL DEFAULT true,
    "osc_id" UUID NOT NULL,
    "accountable_spoke_id" UUID NOT NULL,
    "accountable_id" UUID,
    "entered_stage_at" TIMESTAMPTZ(3) NOT NULL,
    "last_activity_at" TIMESTAMPTZ(3) NOT NULL,
    "last_two_way_at" TIMESTAMPTZ(3),
    "next_started_at" TIMESTAMPTZ(3),
    "next_due_at" TIMESTAMPTZ(3),
    "unanswered_since" TIMESTAMPTZ(3),
    "unanswered_due_at" TIMESTAMPTZ(3),
    "arrived_at" TIMESTAMPTZ(3) NOT NULL,
    "first_response_at" TIMESTAMPTZ(3),
    "first_response_by_id" UUID,
    "off_track_since" TIMESTAMPTZ(3),
    "hold_until" TIMESTAMPTZ(3),
    "hold_started_at" TIMESTAMPTZ(3),
    "status_before_hold" TEXT,
    "held_minutes" INTEGER NOT NULL DEFAULT 0,
    "value_minor" BIGINT,
    "currency" TEXT,
    "value_percentile" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "sentiment" DOUBLE PRECISION NOT NULL DEFAULT 0.5,
    "lost_reason" TEXT,
    "lost_by_customer" BOOLEAN,
    "fields" JSONB NOT NULL DEFAULT '{}',
    "import_id" UUID,
    "merged_into_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "journeys_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "journey_counts" (
    "workspace_id" UUID NOT NULL,
    "osc_id" UUID NOT NULL,
    "stage_id" UUID NOT NULL,
    "accountable_spoke_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "is_off_track" BOOLEAN NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "journey_counts_pkey" PRIMARY KEY ("workspace_id","osc_id","stage_id","accountable_spoke_id","status","is_off_track")
);

-- CreateTable
CREATE TABLE "journey_spokes" (
    "workspace_id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "spoke_id" UUID NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "journey_spokes_pkey" PRIMARY KEY ("workspace_id","journey_id","spoke_id")
);

-- CreateTable
CREATE TABLE "stage_transitions" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "from_stage_id" UUID,
    "to_stage_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cause" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT,
    "spoke_at_exit_id" UUID,
    "spoke_id" UUID NOT NULL,
    "last_medium" TEXT,
    "last_route" TEXT,

    CONSTRAINT "stage_transitions_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "osc_assignments" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "actor" TEXT NOT NULL,
    "intro_touchpoint_id" UUID,
    "introduced_at" TIMESTAMPTZ(3),

    CONSTRAINT "osc_assignments_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "touchpoints" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "phase" TEXT NOT NULL DEFAULT 'before',
    "medium" TEXT,
    "route" TEXT,
    "spoke_id" UUID NOT NULL,
    "owner_id" UUID,
    "stage_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "due_rule" JSONB,
    "outcome" TEXT,
    "interaction_id" UUID,
    "next_id" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "import_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "touchpoints_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "interactions" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "journey_id" UUID,
    "person_id" UUID,
    "medium" TEXT NOT NULL,
    "route" TEXT,
    "type" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "is_two_way" BOOLEAN NOT NULL DEFAULT false,
    "is_automated" BOOLEAN NOT NULL DEFAULT false,
    "agent_id" UUID,
    "spoke_id" UUID,
    "stage_id" UUID,
    "touchpoint_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "summary" TEXT NOT NULL DEFAULT '',
    "moments" TEXT[],
    "felt" TEXT,
    "origin" TEXT,
    "source_system" TEXT,
    "external_id" TEXT,
    "import_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "interactions_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "off_track_events" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "trigger" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '{}',
    "severity" TEXT NOT NULL DEFAULT 'normal',
    "state" TEXT NOT NULL DEFAULT 'open',
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "off_track_events_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "recovery_steps" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "spoke_id" UUID NOT NULL,
    "owner_id" UUID,
    "due_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "done_by_id" UUID,

    CONSTRAINT "recovery_steps_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "relays" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_spoke_id" UUID NOT NULL,
    "to_id" UUID,
    "question" TEXT NOT NULL,
    "need_by" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'sent',
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "acked_at" TIMESTAMPTZ(3),
    "acked_by_id" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by_id" UUID,
    "answer" TEXT,
    "decline_reason" TEXT,
    "escalation" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "relays_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "promises" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "spoke_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "interaction_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'open',
    "renegotiated" INTEGER NOT NULL DEFAULT 0,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "promises_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "journey_id" UUID,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'todo',
    "owner_id" UUID,
    "spoke_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'open',
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "appointments" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "set_by_id" UUID NOT NULL,
    "start_at" TIMESTAMPTZ(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "place" TEXT,
    "state" TEXT NOT NULL DEFAULT 'set',
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,
    "kept_evidence" TEXT,
    "successor_id" UUID,
    "lead_age_days" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "appointments_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "customer_links" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "customer_links_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "workspaces" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "time_zone" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "email_verified_at" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),
    "user_agent" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identities" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "connection_workspace_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "password_resets" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "password_resets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace_settings" (
    "workspace_id" UUID NOT NULL,
    "coverage_lead_id" UUID,
    "calendar_id" UUID,
    "first_response_minutes" INTEGER NOT NULL DEFAULT 5,
    "relay_minutes" INTEGER NOT NULL DEFAULT 240,
    "region" TEXT NOT NULL DEFAULT 'US',
    "hub_label" TEXT NOT NULL DEFAULT 'OSC',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "workspace_settings_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "calendars" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "hours" JSONB NOT NULL,
    "holidays" JSONB NOT NULL DEFAULT '[]',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "calendars_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "spokes" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_he" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "spokes_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "teams" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "members" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "photo_id" UUID,
    "roles" TEXT[],
    "spoke_id" UUID,
    "team_id" UUID,
    "calendar_id" UUID,
    "languages" TEXT[] DEFAULT ARRAY['en']::TEXT[],
    "time_zone" TEXT,
    "capacity" INTEGER NOT NULL DEFAULT 160,
    "away_until" TIMESTAMPTZ(3),
    "last_picked_at" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL DEFAULT 'active',
    "external_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "members_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "invited_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "oidc_connections" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "client_secret" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "oidc_connections_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "tail" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "workspace_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "files" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "files_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "notifications" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "customer_id" UUID,
    "params" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "mails" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "mails_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "saved_views" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "scope" TEXT NOT NULL DEFAULT 'private',
    "is_pinned" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "audit_heads" (
    "workspace_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "event_seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "audit_log" (
    "workspace_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("workspace_id","seq")
);

-- CreateTable
CREATE TABLE "events" (
    "workspace_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "customer_id" UUID,
    "journey_id" UUID,
    "actor" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("workspace_id","seq")
);

-- CreateIndex
CREATE INDEX "customers_workspace_id_import_id_idx" ON "customers"("workspace_id", "import_id");

-- CreateIndex
CREATE INDEX "customers_workspace_id_origin_idx" ON "customers"("workspace_id", "origin");

-- CreateIndex
CREATE UNIQUE INDEX "customers_workspace_id_source_system_external_id_key" ON "customers"("workspace_id", "source_system", "external_id");

-- CreateIndex
CREATE INDEX "persons_workspace_id_customer_id_idx" ON "persons"("workspace_id", "customer_id");

-- CreateIndex
CREATE INDEX "contact_points_workspace_id_kind_value_idx" ON "contact_points"("workspace_id", "kind", "value");

-- CreateIndex
CREATE INDEX "contact_points_workspace_id_customer_id_idx" ON "contact_points"("workspace_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_points_workspace_id_person_id_kind_value_key" ON "contact_points"("workspace_id", "person_id", "kind", "value");

-- CreateIndex
CREATE INDEX "customer_search_workspace_id_name_key_idx" ON "customer_search"("workspace_id", "name_key");

-- CreateIndex
CREATE INDEX "consents_workspace_id_person_id_at_idx" ON "consents"("workspace_id", "person_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "duplicate_pairs_workspace_id_first_id_second_id_key" ON "duplicate_pairs"("workspace_id", "first_id", "second_id");

-- CreateIndex
CREATE INDEX "merges_workspace_id_survivor_id_idx" ON "merges"("workspace_id", "survivor_id");

-- CreateIndex
CREATE INDEX "merges_workspace_id_loser_id_idx" ON "merges"("workspace_id", "loser_id");

-- CreateIndex
CREATE INDEX "imports_workspace_id_created_at_idx" ON "imports"("workspace_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "import_rows_workspace_id_customer_id_idx" ON "import_rows"("workspace_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "journey_templates_workspace_id_key_number_key" ON "journey_templates"("workspace_id", "key", "number");

-- CreateIndex
CREATE UNIQUE INDEX "stages_workspace_id_template_id_key_key" ON "stages"("workspace_id", "template_id", "key");

-- CreateIndex
CREATE INDEX "journeys_workspace_id_customer_id_idx" ON "journeys"("workspace_id", "customer_id");

-- CreateIndex
CREATE INDEX "journey_spokes_workspace_id_spoke_id_journey_id_idx" ON "journey_spokes"("workspace_id", "spoke_id", "journey_id");

-- CreateIndex
CREATE INDEX "stage_transitions_workspace_id_at_idx" ON "stage_transitions"("workspace_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "stage_transitions_workspace_id_journey_id_seq_key" ON "stage_transitions"("workspace_id", "journey_id", "seq");

-- CreateIndex
CREATE INDEX "osc_assignments_workspace_id_journey_id_from_at_idx" ON "osc_assignments"("workspace_id", "journey_id", "from_at");

-- CreateIndex
CREATE INDEX "osc_assignments_workspace_id_member_id_idx" ON "osc_assignments"("workspace_id", "member_id");

-- CreateIndex
CREATE INDEX "touchpoints_workspace_id_journey_id_idx" ON "touchpoints"("workspace_id", "journey_id");

-- CreateIndex
CREATE INDEX "touchpoints_workspace_id_customer_id_idx" ON "touchpoints"("workspace_id", "customer_id");

-- CreateIndex
CREATE INDEX "interactions_workspace_id_customer_id_started_at_id_idx" ON "interactions"("workspace_id", "customer_id", "started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "interactions_workspace_id_journey_id_idx" ON "interactions"("workspace_id", "journey_id");

-- CreateIndex
CREATE UNIQUE INDEX "interactions_workspace_id_source_system_external_id_key" ON "interactions"("workspace_id", "source_system", "external_id");

-- CreateIndex
CREATE INDEX "off_track_events_workspace_id_journey_id_idx" ON "off_track_events"("workspace_id", "journey_id");

-- CreateIndex
CREATE INDEX "off_track_events_workspace_id_customer_id_idx" ON "off_track_events"("workspace_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "recovery_steps_workspace_id_event_id_position_key" ON "recovery_steps"("workspace_id", "event_id", "position");

-- CreateIndex
CREATE INDEX "relays_workspace_id_customer_id_idx" ON "relays"("workspace_id", "customer_id");

-- CreateIndex
CREATE INDEX "relays_workspace_id_to_spoke_id_state_idx" ON "relays"("workspace_id", "to_spoke_id", "state");

-- CreateIndex
CREATE INDEX "relays_workspace_id_from_id_state_idx" ON "relays"("workspace_id", "from_id", "state");

-- CreateIndex
CREATE INDEX "promises_workspace_id_customer_id_idx" ON "promises"("workspace_id", "customer_id");

-- CreateIndex
CREATE INDEX "tasks_workspace_id_customer_id_idx" ON "tasks"("workspace_id", "customer_id");

-- CreateIndex
CREATE INDEX "tasks_workspace_id_spoke_id_state_due_at_idx" ON "tasks"("workspace_id", "spoke_id", "state", "due_at");

-- CreateIndex
CREATE INDEX "tasks_workspace_id_owner_id_state_due_at_idx" ON "tasks"("workspace_id", "owner_id", "state", "due_at");

-- CreateIndex
CREATE INDEX "appointments_workspace_id_customer_id_idx" ON "appointments"("workspace_id", "customer_id");

-- CreateIndex
CREATE INDEX "appointments_workspace_id_host_id_start_at_idx" ON "appointments"("workspace_id", "host_id", "start_at");

-- CreateIndex
CREATE INDEX "customer_links_workspace_id_customer_id_idx" ON "customer_links"("workspace_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_slug_key" ON "workspaces"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "identities_issuer_subject_connection_workspace_id_key" ON "identities"("issuer", "subject", "connection_workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "password_resets_token_hash_key" ON "password_resets"("token_hash");

-- CreateIndex
CREATE INDEX "password_resets_user_id_idx" ON "password_resets"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "spokes_workspace_id_key_key" ON "spokes"("workspace_id", "key");

-- CreateIndex
CREATE INDEX "members_user_id_idx" ON "members"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "members_workspace_id_user_id_key" ON "members"("workspace_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "members_workspace_id_external_id_key" ON "members"("workspace_id", "external_id");

-- CreateIndex
CREATE INDEX "invitations_workspace_id_member_id_idx" ON "invitations"("workspace_id", "member_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_workspace_id_token_hash_key" ON "invitations"("workspace_id", "token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "oidc_connections_workspace_id_issuer_key" ON "oidc_connections"("workspace_id", "issuer");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_workspace_id_secret_hash_key" ON "api_keys"("workspace_id", "secret_hash");

-- CreateIndex
CREATE INDEX "idempotency_keys_workspace_id_created_at_idx" ON "idempotency_keys"("workspace_id", "created_at");

-- CreateIndex
CREATE INDEX "notifications_workspace_id_member_id_created_at_idx" ON "notifications"("workspace_id", "member_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "mails_workspace_id_created_at_idx" ON "mails"("workspace_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "audit_log_workspace_id_subject_seq_idx" ON "audit_log"("workspace_id", "subject", "seq" DESC);



-- Limits of sign-in attempts and other guarded doors (rate-limiter-flexible keeps it).
CREATE TABLE "rate_limits" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- Foreign keys: named, composite with workspace_id, ON UPDATE NO ACTION.
DO $$
DECLARE
  entry text;
  child text;
  field text;
  parent text;
  fate text;
BEGIN
  FOR entry IN
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'workspace_id' AND NOT a.attisdropped
  LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION',
      entry, entry || '_workspace_fkey');
  END LOOP;
  FOREACH entry IN ARRAY ARRAY[
    'workspace_settings coverage_lead_id members', 'workspace_settings calendar_id calendars',
    'members spoke_id spokes', 'members team_id teams', 'members calendar_id calendars', 'members photo_id files',
    'invitations member_id members', 'invitations invited_by_id members',
    'api_keys created_by_id members', 'notifications member_id members', 'notifications customer_id customers cascade',
    'saved_views owner_id members',
    'customers created_by_id members', 'customers merged_into_id customers', 'customers import_id imports',
    'persons customer_id customers cascade',
    'contact_points customer_id customers cascade', 'contact_points person_id persons cascade',
    'customer_search customer_id customers cascade', 'consents person_id persons cascade',
    'duplicate_pairs first_id customers cascade', 'duplicate_pairs second_id customers cascade', 'duplicate_pairs decided_by_id members',
    'merges survivor_id customers cascade', 'merges loser_id customers cascade', 'merges merged_by_id members',
    'imports created_by_id members', 'import_rows import_id imports cascade',
    'journey_templates published_by_id members', 'stages template_id journey_templates cascade', 'stages spoke_id spokes',
    'journeys customer_id customers cascade', 'journeys primary_person_id persons', 'journeys template_id journey_templates',
    'journeys stage_id stages', 'journeys osc_id members', 'journeys accountable_spoke_id spokes', 'journeys accountable_id members',
    'journeys first_response_by_id members', 'journeys merged_into_id journeys',
    'journey_counts osc_id members', 'journey_counts stage_id stages cascade', 'journey_counts accountable_spoke_id spokes',
    'journey_spokes journey_id journeys cascade', 'journey_spokes spoke_id spokes',
    'stage_transitions journey_id journeys cascade', 'stage_transitions from_stage_id stages', 'stage_transitions to_stage_id stages',
    'stage_transitions spoke_at_exit_id spokes', 'stage_transitions spoke_id spokes',
    'osc_assignments journey_id journeys cascade', 'osc_assignments member_id members', 'osc_assignments intro_touchpoint_id touchpoints',
    'touchpoints journey_id journeys cascade', 'touchpoints customer_id customers cascade', 'touchpoints spoke_id spokes',
    'touchpoints owner_id members', 'touchpoints stage_id stages', 'touchpoints interaction_id interactions', 'touchpoints next_id touchpoints',
    'interactions customer_id customers cascade', 'interactions journey_id journeys cascade', 'interactions person_id persons',
    'interactions agent_id members', 'interactions spoke_id spokes', 'interactions stage_id stages', 'interactions touchpoint_id touchpoints',
    'off_track_events journey_id journeys cascade', 'off_track_events customer_id customers cascade',
    'recovery_steps event_id off_track_events cascade', 'recovery_steps journey_id journeys cascade',
    'recovery_steps customer_id customers cascade', 'recovery_steps spoke_id spokes', 'recovery_steps owner_id members',
    'recovery_steps done_by_id members',
    'relays customer_id customers cascade', 'relays journey_id journeys cascade', 'relays from_id members', 'relays to_spoke_id spokes',
    'relays to_id members', 'relays acked_by_id members', 'relays closed_by_id members',
    'promises customer_id customers cascade', 'promises journey_id journeys cascade', 'promises by_id members', 'promises spoke_id spokes',
    'promises interaction_id interactions',
    'tasks customer_id customers cascade', 'tasks journey_id journeys cascade', 'tasks owner_id members', 'tasks spoke_id spokes',
    'tasks created_by_id members',
    'appointments customer_id customers cascade', 'appointments journey_id journeys cascade', 'appointments host_id members',
    'appointments set_by_id members', 'appointments decided_by_id members', 'appointments successor_id appointments',
    'customer_links customer_id customers cascade', 'customer_links journey_id journeys cascade'
  ] LOOP
    child := split_part(entry, ' ', 1);
    field := split_part(entry, ' ', 2);
    parent := split_part(entry, ' ', 3);
    fate := CASE split_part(entry, ' ', 4) WHEN 'cascade' THEN 'CASCADE' ELSE 'NO ACTION' END;
    EXECUTE format(
      'ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id, %I) REFERENCES %I (workspace_id, id) ON UPDATE NO ACTION ON DELETE %s DEFERRABLE INITIALLY IMMEDIATE',
      child, child || '_' || field || '_fkey', field, parent, fate);
  END LOOP;
END $$;

ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE CASCADE;
ALTER TABLE "identities" ADD CONSTRAINT "identities_user_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE CASCADE;
ALTER TABLE "password_resets" ADD CONSTRAINT "password_resets_user_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE CASCADE;
ALTER TABLE "members" ADD CONSTRAINT "members_user_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION;

-- Vocabularies and facts the database itself refuses to break.
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_status_check" CHECK (status IN ('pre_lead','active','nurture','on_hold','won','lost','completed','merged'));
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_lost_check" CHECK (status <> 'lost' OR lost_reason IS NOT NULL);
ALTER TABLE "touchpoints" ADD CONSTRAINT "touchpoints_state_check" CHECK (state IN ('planned','due','in_progress','completed','missed','cancelled','superseded'));
ALTER TABLE "touchpoints" ADD CONSTRAINT "touchpoints_completed_check" CHECK (state <> 'completed' OR interaction_id IS NOT NULL);
ALTER TABLE "touchpoints" ADD CONSTRAINT "touchpoints_due_check" CHECK (state <> 'due' OR due_at IS NOT NULL);
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_direction_check" CHECK (direction IN ('inbound','outbound','internal'));
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_automated_check" CHECK (NOT (is_automated AND is_two_way));
ALTER TABLE "relays" ADD CONSTRAINT "relays_state_check" CHECK (state IN ('sent','acked','done','declined','expired'));
ALTER TABLE "promises" ADD CONSTRAINT "promises_state_check" CHECK (state IN ('open','kept','broken'));
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_state_check" CHECK (state IN ('open','done','cancelled'));
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_state_check" CHECK (state IN ('set','confirmed','kept','no_show','cancelled','rescheduled'));
ALTER TABLE "off_track_events" ADD CONSTRAINT "off_track_events_state_check" CHECK (state IN ('open','playing','recovered','lost','false_alarm'));
ALTER TABLE "members" ADD CONSTRAINT "members_status_check" CHECK (status IN ('invited','active','suspended','deactivated'));
ALTER TABLE "contact_points" ADD CONSTRAINT "contact_points_kind_check" CHECK (kind IN ('email','phone','social'));
ALTER TABLE "osc_assignments" ADD CONSTRAINT "osc_assignments_no_overlap"
  EXCLUDE USING gist (workspace_id WITH =, journey_id WITH =, tstzrange(from_at, to_at) WITH &&);

CREATE UNIQUE INDEX "journeys_one_primary" ON "journeys" (workspace_id, customer_id) WHERE is_primary;
CREATE UNIQUE INDEX "persons_one_primary" ON "persons" (workspace_id, customer_id) WHERE is_primary;
CREATE UNIQUE INDEX "touchpoints_one_current" ON "touchpoints" (workspace_id, journey_id) WHERE state = 'in_progress';
CREATE UNIQUE INDEX "touchpoints_one_next" ON "touchpoints" (workspace_id, journey_id) WHERE state IN ('planned','due');
CREATE UNIQUE INDEX "osc_assignments_one_open" ON "osc_assignments" (workspace_id, journey_id) WHERE to_at IS NULL;
CREATE UNIQUE INDEX "off_track_events_one_open" ON "off_track_events" (workspace_id, journey_id, trigger) WHERE state IN ('open','playing');
CREATE UNIQUE INDEX "journey_templates_one_default" ON "journey_templates" (workspace_id) WHERE is_default;
CREATE INDEX "journeys_by_stage" ON "journeys" (workspace_id, stage_id, last_activity_at DESC, id DESC) WHERE is_primary;
CREATE INDEX "journeys_by_activity" ON "journeys" (workspace_id, last_activity_at DESC, id DESC) WHERE is_primary;
CREATE INDEX "journeys_by_osc" ON "journeys" (workspace_id, osc_id, last_activity_at DESC, id DESC) WHERE is_primary;
CREATE INDEX "journeys_by_spoke" ON "journeys" (workspace_id, accountable_spoke_id, last_activity_at DESC, id DESC) WHERE is_primary;
CREATE INDEX "journeys_by_stage_age" ON "journeys" (workspace_id, stage_id, entered_stage_at, id) WHERE status IN ('pre_lead','active','nurture','won','on_hold');
CREATE INDEX "journeys_unanswered" ON "journeys" (workspace_id, osc_id, unanswered_due_at) WHERE unanswered_since IS NOT NULL;
CREATE INDEX "journeys_off_track" ON "journeys" (workspace_id, osc_id, off_track_since) WHERE off_track_since IS NOT NULL;
CREATE INDEX "journeys_next_due" ON "journeys" (workspace_id, osc_id, next_due_at) WHERE next_due_at IS NOT NULL AND status IN ('pre_lead','active','nurture','won');
CREATE INDEX "journeys_unclocked" ON "journeys" (workspace_id, osc_id, arrived_at DESC, id DESC) WHERE next_due_at IS NULL AND status IN ('pre_lead','active','nurture','won');
CREATE INDEX "journeys_arrived" ON "journeys" (workspace_id, arrived_at);
CREATE INDEX "promises_open" ON "promises" (workspace_id, due_at) WHERE state = 'open';
CREATE INDEX "customer_search_text" ON "customer_search" USING gin (workspace_id, text gin_trgm_ops) WITH (fastupdate = off);

-- Who is asking. SET LOCAL through functions, never set_config (DATABASE rule 1).
CREATE FUNCTION app.set_tenant(t uuid) RETURNS uuid LANGUAGE plpgsql AS
$$ BEGIN EXECUTE format('set local app.workspace_id = %L', t); RETURN t; END $$;

CREATE FUNCTION app.set_user(u uuid) RETURNS uuid LANGUAGE plpgsql AS
$$ BEGIN EXECUTE format('set local app.user_id = %L', u); RETURN u; END $$;

-- One link of the audit chain.
CREATE FUNCTION app.audit_hash(prev bytea, w uuid, s bigint, at timestamptz, actor text, action text, subject text, detail jsonb)
RETURNS bytea LANGUAGE sql IMMUTABLE AS
$$ SELECT sha256(prev || convert_to(jsonb_build_array(w, s, (extract(epoch FROM at) * 1000)::bigint, actor, action, subject, detail)::text, 'UTF8')) $$;

-- The one way a job is queued: in the caller's transaction, under the caller's workspace.
CREATE FUNCTION app.add_job(task text, payload jsonb, run_at timestamptz, job_key text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE w text := nullif(current_setting('app.workspace_id', true), '');
BEGIN
  IF w IS NULL THEN RAISE EXCEPTION 'no workspace set' USING errcode = '42501'; END IF;
  PERFORM graphile_worker.add_job(task, (payload || jsonb_build_object('workspaceId', w))::json,
    run_at => run_at, max_attempts => 12, job_key => CASE WHEN job_key IS NULL THEN NULL ELSE w || ':' || job_key END);
END $$;

-- Ends every write: audit rows in the chain, events in the outbox, jobs in the queue, one notification.
CREATE FUNCTION app.record(w uuid, entries jsonb, happenings jsonb, jobs jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  item jsonb;
  s bigint;
  h bytea;
  e bigint;
  t timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  FOR item IN SELECT value FROM jsonb_array_elements(jobs) LOOP
    PERFORM app.add_job(item->>'task', item->'payload', (item->>'runAt')::timestamptz, item->>'key');
  END LOOP;
  SELECT seq, hash, event_seq INTO s, h, e FROM public.audit_heads WHERE workspace_id = w FOR UPDATE;
  IF NOT FOUND THEN
    s := 0; h := sha256('wheelhouse'); e := 0;
    INSERT INTO public.audit_heads (workspace_id, seq, hash, event_seq) VALUES (w, s, h, e);
  END IF;
  FOR item IN SELECT value FROM jsonb_array_elements(entries) LOOP
    s := s + 1;
    h := app.audit_hash(h, w, s, t, item->>'actor', item->>'action', item->>'subject', item->'detail');
    INSERT INTO public.audit_log (workspace_id, seq, at, actor, action, subject, detail, hash)
    VALUES (w, s, t, item->>'actor', item->>'action', item->>'subject', item->'detail', h);
  END LOOP;
  FOR item IN SELECT value FROM jsonb_array_elements(happenings) LOOP
    e := e + 1;
    INSERT INTO public.events (workspace_id, seq, type, customer_id, journey_id, actor, data, at)
    VALUES (w, e, item->>'type', (item->>'customerId')::uuid, (item->>'journeyId')::uuid, item->>'actor', item->'data', t);
  END LOOP;
  UPDATE public.audit_heads SET seq = s, hash = h, event_seq = e WHERE workspace_id = w;
  IF jsonb_array_length(happenings) > 0 THEN PERFORM pg_notify('wheelhouse', w || ':' || e); END IF;
  RETURN e;
END $$;

-- Substring search. It runs as its owner because LIKE is not leakproof: under row security the trigram index would not be used.
CREATE FUNCTION app.search_customers(pattern text, most int) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT customer_id FROM public.customer_search
  WHERE workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid AND text LIKE pattern
  LIMIT least(most, 200)
$$;

-- A journey with everything a write on it needs. The lock is a statement of its own: what is read after it is what stands once the lock is held.
CREATE FUNCTION app.load_journey(w uuid, wanted uuid, is_customer boolean) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  j public.journeys;
BEGIN
  IF is_customer THEN
    SELECT * INTO j FROM public.journeys WHERE workspace_id = w AND customer_id = wanted AND is_primary FOR UPDATE;
  ELSE
    SELECT * INTO j FROM public.journeys WHERE workspace_id = w AND id = wanted FOR UPDATE;
  END IF;
  IF j.id IS NULL THEN RETURN NULL; END IF;
  RETURN (
    SELECT jsonb_build_object(
      'journey', to_jsonb(j), 'stage', to_jsonb(s), 'settings', to_jsonb(ws), 'customer_name', c.name,
      'next', (SELECT to_jsonb(t) FROM public.touchpoints t WHERE t.workspace_id = w AND t.journey_id = j.id AND t.state IN ('planned', 'due')),
      'current', (SELECT to_jsonb(t) FROM public.touchpoints t WHERE t.workspace_id = w AND t.journey_id = j.id AND t.state = 'in_progress'),
      'off_track', (SELECT coalesce(jsonb_agg(to_jsonb(e)), '[]') FROM public.off_track_events e
        WHERE e.workspace_id = w AND e.journey_id = j.id AND e.state IN ('open', 'playing')),
      'calendar', (SELECT to_jsonb(k) FROM public.calendars k WHERE k.workspace_id = w AND k.id = coalesce(m.calendar_id, ws.calendar_id)),
      'hub_spoke_id', (SELECT h.id FROM public.spokes h WHERE h.workspace_id = w AND h.key = 'osc'))
    FROM public.stages s, public.workspace_settings ws, public.members m, public.customers c
    WHERE s.workspace_id = w AND s.id = j.stage_id AND ws.workspace_id = w AND m.workspace_id = w AND m.id = j.osc_id
      AND c.workspace_id = w AND c.id = j.customer_id);
END $$;

-- Counters of journeys by place, kept in the writing transaction, in one order of keys so that two moves cannot lock each other.
CREATE FUNCTION app.count_journey(j public.journeys, delta int) RETURNS void LANGUAGE sql AS $$
  INSERT INTO public.journey_counts AS c (workspace_id, osc_id, stage_id, accountable_spoke_id, status, is_off_track, count)
  VALUES (j.workspace_id, j.osc_id, j.stage_id, j.accountable_spoke_id, j.status, j.off_track_since IS NOT NULL, delta)
  ON CONFLICT (workspace_id, osc_id, stage_id, accountable_spoke_id, status, is_off_track) DO UPDATE SET count = c.count + excluded.count
$$;

CREATE FUNCTION app.journeys_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM app.count_journey(new, 1);
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM app.count_journey(old, -1);
  ELSIF (old.osc_id, old.stage_id, old.accountable_spoke_id, old.status, old.off_track_since IS NOT NULL)
     <> (new.osc_id, new.stage_id, new.accountable_spoke_id, new.status, new.off_track_since IS NOT NULL) THEN
    IF (new.osc_id, new.stage_id, new.accountable_spoke_id, new.status) <= (old.osc_id, old.stage_id, old.accountable_spoke_id, old.status) THEN
      PERFORM app.count_journey(new, 1);
      PERFORM app.count_journey(old, -1);
    ELSE
      PERFORM app.count_journey(old, -1);
      PERFORM app.count_journey(new, 1);
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER journeys_counted AFTER INSERT OR UPDATE OR DELETE ON "journeys" FOR EACH ROW EXECUTE FUNCTION app.journeys_counted();

-- What has happened cannot be edited.
CREATE FUNCTION app.immutable() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% cannot be changed', TG_TABLE_NAME USING errcode = '42501'; END $$;
CREATE TRIGGER audit_log_immutable BEFORE UPDATE OR DELETE ON "audit_log" FOR EACH ROW EXECUTE FUNCTION app.immutable();
CREATE TRIGGER events_immutable BEFORE UPDATE ON "events" FOR EACH ROW EXECUTE FUNCTION app.immutable();
CREATE TRIGGER stage_transitions_immutable BEFORE UPDATE ON "stage_transitions" FOR EACH ROW EXECUTE FUNCTION app.immutable();
CREATE TRIGGER consents_immutable BEFORE UPDATE ON "consents" FOR EACH ROW EXECUTE FUNCTION app.immutable();

-- The wall: enabled, forced, one permissive policy, a plain comparison.
DO $$
DECLARE t text;
BEGIN
  FOR t IN
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'workspace_id' AND NOT a.attisdropped
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid%s)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$,
      t, CASE t WHEN 'members' THEN $u$ OR user_id = nullif(current_setting('app.user_id', true), '')::uuid$u$ ELSE '' END);
  END LOOP;
END $$;

GRANT USAGE ON SCHEMA app TO wheelhouse_app, wheelhouse_queue;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO wheelhouse_app;
GRANT CREATE ON SCHEMA app TO wheelhouse_queue;
ALTER FUNCTION app.add_job(text, jsonb, timestamptz, text) OWNER TO wheelhouse_queue;
REVOKE CREATE ON SCHEMA app FROM wheelhouse_queue;
REVOKE ALL ON FUNCTION app.add_job(text, jsonb, timestamptz, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.add_job(text, jsonb, timestamptz, text) TO wheelhouse_app;

GRANT USAGE ON SCHEMA public TO wheelhouse_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO wheelhouse_app;
REVOKE ALL ON "_prisma_migrations" FROM wheelhouse_app;
GRANT SELECT ON "_prisma_migrations" TO wheelhouse_app;
REVOKE DELETE ON "workspaces", "users", "sessions", "identities", "members" FROM wheelhouse_app;
REVOKE UPDATE, DELETE ON "audit_log", "events", "consents", "stage_transitions" FROM wheelhouse_app;
GRANT DELETE ON "stage_transitions", "consents" TO wheelhouse_app;
-- Only a superuser may set it, and only a sharded database reads it.
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
    ALTER ROLE wheelhouse_app SET citus.propagate_set_commands = 'local';
  END IF;
END $$;
