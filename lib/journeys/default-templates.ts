import type { TemplateDraft } from "./template-draft";
import { homeBuilder } from "./template-home-builder";
import { saas } from "./template-saas";
import { telecom } from "./template-telecom";

/** The three templates every workspace starts with (DOMAIN section 13). Dwell values are assumptions. */
export const defaultTemplates: readonly TemplateDraft[] = [homeBuilder, saas, telecom];
