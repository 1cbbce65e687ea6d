"use server";

import { action } from "../server/action";
import { createReport, deleteReport, scheduleReport, unsubscribeReport, updateReport } from "./commands";
import { CreateReport, ReportKey, ScheduleReport, UpdateReport } from "./schema";

export const createReportAction = action(CreateReport, createReport);
export const updateReportAction = action(UpdateReport, updateReport);
export const deleteReportAction = action(ReportKey, deleteReport);
export const scheduleReportAction = action(ScheduleReport, scheduleReport);
export const unsubscribeReportAction = action(ReportKey, unsubscribeReport);
