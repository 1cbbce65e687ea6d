import type { BusinessCalendar, OpeningHours } from "@/lib/calendar/business-calendar";

const nineToSix: readonly OpeningHours[] = [[9 * 60, 18 * 60]];

export const newYork: BusinessCalendar = {
  timeZone: "America/New_York",
  hours: { 0: [], 1: nineToSix, 2: nineToSix, 3: nineToSix, 4: nineToSix, 5: nineToSix, 6: [] },
  holidays: ["2025-11-27"],
};

export const jerusalem: BusinessCalendar = {
  timeZone: "Asia/Jerusalem",
  hours: { 0: nineToSix, 1: nineToSix, 2: nineToSix, 3: nineToSix, 4: nineToSix, 5: [], 6: [] },
  holidays: [],
};

const wholeDay: readonly OpeningHours[] = [[0, 1440]];

export const roundTheClock: BusinessCalendar = {
  timeZone: "America/New_York",
  hours: { 0: wholeDay, 1: wholeDay, 2: wholeDay, 3: wholeDay, 4: wholeDay, 5: wholeDay, 6: wholeDay },
  holidays: [],
};

export const neverOpen: BusinessCalendar = {
  timeZone: "UTC",
  hours: { 0: [], 1: [], 2: [], 3: [], 4: [], 5: [], 6: [] },
  holidays: [],
};
