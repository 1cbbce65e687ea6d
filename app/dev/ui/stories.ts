import type { WheelSpoke, WheelView } from "@/components/wheel/wheel-view";

type Names = { code: string; name: string; person: string; stateText: string };

const people: Record<"en" | "he", readonly Names[]> = {
  en: [
    { code: "Mk", name: "Marketing", person: "Jo Park", stateText: "last 17 Sep" },
    { code: "Sa", name: "Sales", person: "Marcus Bell", stateText: "6 d ago" },
    { code: "SS", name: "Senior sales", person: "Ines Cordero", stateText: "contract signed 3 Oct" },
    { code: "De", name: "Design", person: "Noa Feldman has the baton", stateText: "2 d ago" },
    { code: "Im", name: "Implementation", person: "Pete Okafor", stateText: "waits for selections" },
    { code: "CS", name: "Customer success", person: "Ruth Lindqvist", stateText: "not involved yet" },
    { code: "Sv", name: "Service", person: "Amir Haddad", stateText: "not involved yet" },
  ],
  he: [
    { code: "שי", name: "שיווק", person: "שיר לב", stateText: "אחרון 17 בספט׳" },
    { code: "מכ", name: "מכירות", person: "אבי דגן", stateText: "לפני 6 ימים" },
    { code: "בכ", name: "מכירות בכירות", person: "רונית שחם", stateText: "החוזה נחתם ב־3 באוק׳" },
    { code: "עי", name: "עיצוב", person: "השרביט אצל נועה פלדמן", stateText: "לפני יומיים" },
    { code: "בי", name: "ביצוע", person: "פיטר כהן", stateText: "ממתין לבחירות" },
    { code: "לק", name: "הצלחת לקוח", person: "רותי לין", stateText: "עדיין לא מעורב" },
    { code: "שר", name: "שירות", person: "אמיר חדד", stateText: "עדיין לא מעורב" },
  ],
};

const states: readonly WheelSpoke["state"][] = ["idle", "active", "idle", "active", "waiting", "idle", "idle"];

const touch = (ageDays: number, twoWay = true) => ({ ageDays, twoWay });

const touches: readonly WheelSpoke["touches"][] = [
  [touch(64, false), touch(80, false)],
  [touch(6), touch(12), touch(17), touch(40, false)],
  [touch(48), touch(50)],
  [touch(2, false), touch(2.5), touch(6), touch(8, false), touch(8.2), touch(16)],
  [touch(14, false)],
  [],
  [],
];

const stationCounts = [4, 2, 1, 2, 2, 1, 1];

const promises: readonly WheelSpoke["promises"][] = [
  [],
  [{ id: "a", state: "kept" }],
  [{ id: "b", state: "kept" }],
  [
    { id: "c", state: "kept" },
    { id: "d", state: "open" },
  ],
  [{ id: "e", state: "open" }],
  [],
  [],
];

function spokesOf(locale: "en" | "he", baton: number): WheelSpoke[] {
  return people[locale].map((names, index) => ({
    ...names,
    id: `spoke-${index}`,
    position: index + 1,
    state: states[index] ?? "idle",
    touches: touches[index] ?? [],
    promises: promises[index] ?? [],
    stations: Array.from({ length: stationCounts[index] ?? 1 }, (_each, place) => ({
      id: `station-${index}-${place}`,
      name: `${names.name} ${place + 1}`,
      state:
        index === 0 && place === 3
          ? "ahead"
          : index < baton
            ? "done"
            : index === baton && place === 0
              ? "current"
              : "ahead",
      isClosing: index === 0 && place === 3,
    })),
  }));
}

/** The customer of the gallery, in either language, on the wheel with time left. */
export function onTrack(locale: "en" | "he"): WheelView {
  const isHebrew = locale === "he";
  return {
    customerName: isHebrew ? "מאיה ותום שגיא" : "Maya & Tom Halloran",
    oscName: isHebrew ? "דנה ויצמן, OSC" : "Dana Whitlock, OSC",
    oscSince: isHebrew ? "מאז 13 בפברואר" : "since 13 Feb",
    oscPhoto: null,
    spokes: spokesOf(locale, 3),
    batonSpokeId: "spoke-3",
    current: isHebrew
      ? { label: "עכשיו, בוצע 12 בנוב׳", name: "בחירות 1", detail: "נועה, באתר" }
      : { label: "Now, done Thu 12 Nov", name: "Selections 1", detail: "Noa, on site" },
    next: {
      ...(isHebrew
        ? { label: "הבא, בעוד 4 ימים", name: "בחירות 2", detail: "יום ג׳ 24 בנוב׳, 10:00" }
        : { label: "Next, in 4 days", name: "Selections 2", detail: "Tue 24 Nov, 10:00" }),
      spokeId: "spoke-3",
      ratio: 0.67,
      lateText: null,
      stepText: null,
    },
    brief: isHebrew ? { large: "יום 16", small: "בעיצוב" } : { large: "Day 16", small: "in Design" },
    statement: isHebrew
      ? "השרביט אצל העיצוב. פגישת בחירות 1 התקיימה; פגישה 2 נקבעה ליום שלישי, 24 בנובמבר, 10:00, עם נועה פלדמן."
      : "Design has the baton. Selections meeting 1 is done; meeting 2 is due Tue 24 Nov, 10:00 with Noa Feldman.",
  };
}

/** The same customer three days past due. */
export function offTrack(locale: "en" | "he"): WheelView {
  const view = onTrack(locale);
  const isHebrew = locale === "he";
  return {
    ...view,
    spokes: view.spokes.map((spoke) =>
      spoke.id === "spoke-3"
        ? {
            ...spoke,
            state: "overdue",
            stateText: isHebrew ? "8 ימים בלי מגע" : "no touch for 8 d",
            promises: [
              { id: "c", state: "kept" },
              { id: "d", state: "late" },
            ],
          }
        : spoke,
    ),
    next: view.next && {
      ...view.next,
      label: isHebrew ? "לא התקיים" : "Missed",
      detail: isHebrew ? "נקבע ל־17 בנוב׳, 10:00" : "due Tue 17 Nov, 10:00",
      ratio: 1.61,
      lateText: isHebrew ? "3 ימים אחרי המועד" : "3 d past due",
      stepText: isHebrew ? "שלב 2 מתוך 4" : "recovery, step 2 of 4",
    },
    brief: isHebrew ? { large: "3 ימים", small: "אחרי המועד" } : { large: "3 d", small: "past due" },
    statement: isHebrew ? "שלושה ימים מחוץ לגלגל." : "Off the wheel for 3 days. Design still has the baton.",
  };
}

/** A new lead: nothing happened, the hub itself has the baton. */
export function newLead(locale: "en" | "he"): WheelView {
  const view = onTrack(locale);
  const isHebrew = locale === "he";
  return {
    ...view,
    customerName: isHebrew ? "לואיס פריירה" : "Luis Ferreira",
    spokes: spokesOf(locale, 0).map((spoke) => ({
      ...spoke,
      state: "idle",
      stateText: isHebrew ? "עדיין לא מעורב" : "not involved yet",
      touches: [],
      promises: [],
    })),
    batonSpokeId: null,
    current: null,
    next: view.next && {
      ...view.next,
      label: isHebrew ? "הבא" : "Next",
      name: isHebrew ? "שיחה ראשונה" : "First call",
      detail: isHebrew ? "עוד 2:42" : "2:42 left",
      spokeId: null,
      ratio: 0.46,
    },
  };
}
