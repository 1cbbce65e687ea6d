import type { Endpoint } from "../server/api-endpoint";
import { customerEndpoints } from "./customers";
import { eventEndpoints } from "./events";
import { importEndpoints } from "./imports";
import { interactionEndpoints } from "./interactions";
import { journeyEndpoints } from "./journeys";
import { keyEndpoints } from "./keys";
import { reportEndpoints } from "./reports";
import { templateEndpoints } from "./templates";
import { viewEndpoints } from "./views";

/** Every operation of the public API, in the order of its documentation. */
export const endpoints: readonly Endpoint[] = [
  ...customerEndpoints,
  ...interactionEndpoints,
  ...journeyEndpoints,
  ...viewEndpoints,
  ...templateEndpoints,
  ...reportEndpoints,
  ...importEndpoints,
  ...eventEndpoints,
  ...keyEndpoints,
];
