"use server";

import { z } from "zod";
import { action } from "../server/action";
import { discardPolicy, draftPolicy, publishPolicy, savePolicy } from "./commands";
import { PolicyKey, PublishPolicy, SavePolicy } from "./schema";

export const draftPolicyAction = action(z.strictObject({}), draftPolicy);
export const savePolicyAction = action(SavePolicy, savePolicy);
export const publishPolicyAction = action(PublishPolicy, publishPolicy);
export const discardPolicyAction = action(PolicyKey, discardPolicy);
