"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
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

/** Keeps every shortcut of the screen; the help sheet lists exactly these. */
export function ShortcutProvider({ children }: { children: ReactNode }) {
  const shortcuts = useRef(new Set<() => Shortcut>());
  const [version, setVersion] = useState(0);
  const registry = useMemo<Registry>(
    () => ({
      add: (shortcut) => {
        shortcuts.current.add(shortcut);
        setVersion((each) => each + 1);
        return () => {
          shortcuts.current.delete(shortcut);
          setVersion((each) => each + 1);
        };
      },
      list: () => [...shortcuts.current].map((each) => each()),
    }),
    [],
  );
  // Each has a listener of its own, which stays while others come and go: a screen that appears between "g" and "h" must
  // not forget the "g".
  const listeners = useRef(new Map<string, (event: KeyboardEvent) => void>());
  useEffect(() => {
    if (version === 0) return;
    const bound = new Set(registry.list().map(({ keys }) => keys));
    for (const [keys, listener] of listeners.current) {
      if (bound.has(keys)) continue;
      window.removeEventListener("keydown", listener);
      listeners.current.delete(keys);
    }
    for (const keys of bound) {
      if (listeners.current.has(keys)) continue;
      const run = (event: KeyboardEvent) => {
        if (isWriting(event) && (!keys.includes("$mod") || belongsToText.has(keys))) return;
        event.preventDefault();
        registry
          .list()
          .findLast((each) => each.keys === keys)
          ?.run();
      };
      const listener = createKeybindingsHandler({ [keys]: run });
      window.addEventListener("keydown", listener);
      listeners.current.set(keys, listener);
    }
  }, [registry, version]);
  useEffect(() => {
    const all = listeners.current;
    return () => {
      for (const listener of all.values()) window.removeEventListener("keydown", listener);
      all.clear();
    };
  }, []);
  return <ShortcutContext value={registry}>{children}</ShortcutContext>;
}

/** Binds keys while the component is on the screen; the one bound last wins. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const registry = useContext(ShortcutContext);
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const keys = shortcuts.map((each) => each.keys).join("|");
  useEffect(() => {
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
