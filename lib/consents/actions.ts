"use server";

import { action } from "../server/action";
import { recordConsent } from "./commands";
import { RecordConsent } from "./schema";

export const recordConsentAction = action(RecordConsent, recordConsent);
