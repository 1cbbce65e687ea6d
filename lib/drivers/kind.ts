import { surveySettings } from "../responses/queries";
import { defineRunKind } from "../runs/kind";
import { usualDraws } from "../statistics/driver-run";
import { type DriversInput, readDrivers } from "./read";
import { driversOf } from "./rules";
import { type DriversConfig, DriversParameters, type DriversResult } from "./schema";

/** Which moments carry weight, as it could be known at a time (DOMAIN F38 to F39). */
export const driversKind = defineRunKind<DriversParameters, DriversConfig, DriversInput, DriversResult>({
  kind: "drivers",
  parameters: DriversParameters,
  seed: 38,
  nightly: [{ type: null }],
  config: async (ctx) => {
    const { target, version } = await surveySettings(ctx);
    return { version, body: { target, draws: usualDraws } };
  },
  read: readDrivers,
  compute: (input, { config, seed }) => driversOf(input, { ...config, seed }),
});
