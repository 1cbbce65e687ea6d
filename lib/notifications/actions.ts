"use server";

import { action } from "../server/action";
import { readNotifications } from "./commands";
import { ReadNotifications } from "./schema";

export const readNotificationsAction = action(ReadNotifications, readNotifications);
