"use server";

import { action } from "../server/action";
import { cancelAppointment, confirmAppointment, rescheduleAppointment, setAppointment } from "./commands";
import { keepAppointment, missAppointment } from "./outcome";
import { AppointmentKey, CancelAppointment, KeepAppointment, RescheduleAppointment, SetAppointment } from "./schema";

export const setAppointmentAction = action(SetAppointment, setAppointment);
export const confirmAppointmentAction = action(AppointmentKey, confirmAppointment);
export const keepAppointmentAction = action(KeepAppointment, keepAppointment);
export const missAppointmentAction = action(AppointmentKey, missAppointment);
export const cancelAppointmentAction = action(CancelAppointment, cancelAppointment);
export const rescheduleAppointmentAction = action(RescheduleAppointment, rescheduleAppointment);
