"use server";

import { action } from "../server/action";
import { grantAuthority } from "./approvals";
import { delegateAuthority, endAuthority } from "./authorities";
import { setPricePolicy } from "./policy";
import { DelegateAuthority, SetPricePolicy } from "./rule-schema";
import { GrantAuthority, MoveProposal } from "./schema";

export const setPricePolicyAction = action(SetPricePolicy, setPricePolicy);
export const grantAuthorityAction = action(GrantAuthority, grantAuthority);
export const delegateAuthorityAction = action(DelegateAuthority, delegateAuthority);
export const endAuthorityAction = action(MoveProposal, endAuthority);
