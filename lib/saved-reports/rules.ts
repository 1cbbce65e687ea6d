import { dayKey, dayNumberOf, instantOn, keyOfDayNumber, weekdayOf } from "../calendar/day";
import { permit, refuse } from "../decision";
import type { Schedule } from "./schema";

/** The first instant after `after` at which a schedule mails, by the wall clock of the zone. */
export function nextMailing(schedule: Schedule, timeZone: string, after: Date): Date {
  const today = dayNumberOf(dayKey(timeZone, after));
  for (let number = today; ; number++) {
    if (schedule.every === "weekly" && weekdayOf(number) !== schedule.weekday) continue;
    const at = instantOn(timeZone, keyOfDayNumber(number), schedule.minute);
    if (at > after) return at;
  }
}

type Standing = { ownerId: string; isShared: boolean };
type Editor = { memberId: string | null; roles: readonly string[] };

/** Who saved a report changes it; a shared one also a manager. */
export function planEdit({ ownerId, isShared }: Standing, { memberId, roles }: Editor) {
  const isMine = memberId !== null && ownerId === memberId;
  return isMine || (isShared && roles.includes("manager")) ? permit({}) : refuse("not_your_report");
}

/** To whom a report is mailed: to its owner alone as long as it is hers alone, each once. */
export function planRecipients({ ownerId, isShared }: Standing, asked: readonly string[], known: ReadonlySet<string>) {
  const recipients = [...new Set(asked)].sort();
  if (recipients.some((each) => !known.has(each))) return refuse("not_a_member");
  if (!isShared && recipients.some((each) => each !== ownerId)) return refuse("not_shared");
  return permit(recipients);
}
