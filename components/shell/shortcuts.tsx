"use client";

import { createContext, type ReactNode, useContext, useLayoutEffect, useRef, useState } from "react";
import { createKeybindingsHandler } from "tinykeys";

/** One key of the product: where it works, what it says in the help, what it does. */
export type Shortcut = { keys: string; label: string; group?: string; run: () => void };

type Registry = { add: (shortcut: () => Shortcut) => () => void; list: () => Shortcut[] };

const ShortcutContext = createContext<Registry | null>(null);

/** Whether the person is writing: keys belong to the text then, also while an input method composes. */
function isWriting(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  return (
    event.isComposing ||
    Boolean(
      target?.closest(
        "input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable='true'], [role='menu'], dialog, [role='dialog']",
      ),
    )
  );
}

/** Keys with a modifier that the text one writes keeps for itself. */
const belongsToText = new Set(["$mod+z"]);

type Bound = { owners: (() => Shortcut)[]; listener: (event: KeyboardEvent) => void };

function listen(keys: string): Bound {
  const owners: Bound["owners"] = [];
  const run = (event: KeyboardEvent) => {
    if (isWriting(event) && (!keys.includes("$mod") || belongsToText.has(keys))) return;
    event.preventDefault();
    owners.at(-1)?.().run();
  };
  const listener = createKeybindingsHandler({ [keys]: run });
  window.addEventListener("keydown", listener);
  return { owners, listener };
}

/**
 * Every key has a listener of its own, which stays while others come and go: a screen that appears between "g" and "h" must
 * not forget the "g".
 */
function makeRegistry(): Registry {
  const all = new Map<string, Bound>();
  return {
    add: (shortcut) => {
      const { keys } = shortcut();
      const bound = all.get(keys) ?? listen(keys);
      all.set(keys, bound);
      bound.owners.push(shortcut);
      return () => {
        bound.owners.splice(bound.owners.indexOf(shortcut), 1);
        if (bound.owners.length > 0) return;
        window.removeEventListener("keydown", bound.listener);
        all.delete(keys);
      };
    },
    list: () => [...all.values()].flatMap(({ owners }) => owners.map((each) => each())),
  };
}

/** Keeps every shortcut of the screen; the help sheet lists exactly these. */
export function ShortcutProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(makeRegistry);
  return <ShortcutContext value={registry}>{children}</ShortcutContext>;
}

/** Binds keys from the moment the component can be seen until it is gone; the one bound last wins. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const registry = useContext(ShortcutContext);
  const latest = useRef(shortcuts);
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  const keys = shortcuts.map((each) => each.keys).join("|");
  useLayoutEffect(() => {
    if (!registry || keys === "") return undefined;
    const undo = keys.split("|").map((_each, index) => registry.add(() => latest.current[index] as Shortcut));
    return () => {
      for (const each of undo) each();
    };
  }, [registry, keys]);
}

/** The shortcuts of this screen, for the help. */
export function useShortcutList(): () => Shortcut[] {
  const registry = useContext(ShortcutContext);
  return registry?.list ?? (() => []);
}

const signs: readonly (readonly [string, string])[] = [
  ["$mod+", "⌘"],
  ["Shift+?", "?"],
  ["Shift+", "⇧"],
  ["Enter", "↵"],
  ["ArrowDown", "↓"],
  ["ArrowUp", "↑"],
  ["ArrowRight", "→"],
  ["ArrowLeft", "←"],
  ["Escape", "Esc"],
];

/** A shortcut as it is printed: `$mod+k` is ⌘K, `g h` is G then H. */
export function printKeys(keys: string): string[] {
  return keys.split(" ").map((each) => {
    const printed = signs.reduce((text, [from, to]) => text.replace(from, to), each);
    return printed === "Esc" ? printed : printed.toUpperCase();
  });
}
