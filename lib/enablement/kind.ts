import { z } from "zod";
import { defineRunKind } from "../runs/kind";
import { type EffectInput, judgeEffect, type MeasuredItem, measuredItems, readEffects } from "./effect";
import type { ItemEffect } from "./schema";

const Parameters = z.strictObject({});

export type EffectsResult = { items: ItemEffect[] };

/** Whether each item worked, as it could be known at a time (DOMAIN F41). */
export const enablementKind = defineRunKind<
  z.output<typeof Parameters>,
  { items: readonly MeasuredItem[] },
  EffectInput[],
  EffectsResult
>({
  kind: "enablement",
  parameters: Parameters,
  seed: 41,
  nightly: [{}],
  config: async (ctx) => {
    const { version, items } = await measuredItems(ctx);
    return { version, body: { items } };
  },
  read: readEffects,
  compute: (inputs) => ({ items: inputs.map(judgeEffect) }),
});
