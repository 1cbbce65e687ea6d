"use server";

import { action } from "../server/action";
import { breakPromise, keepPromise, makePromise, renegotiatePromise } from "./commands";
import { BreakPromise, MakePromise, PromiseKey, RenegotiatePromise } from "./schema";

export const makePromiseAction = action(MakePromise, makePromise);
export const keepPromiseAction = action(PromiseKey, keepPromise);
export const breakPromiseAction = action(BreakPromise, breakPromise);
export const renegotiatePromiseAction = action(RenegotiatePromise, renegotiatePromise);
