"use client";

import { useSyncExternalStore } from "react";

type Undo = { label: string; run: () => void };

export type Toast = { id: number; text: string; undo?: Undo; isError: boolean };

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function show(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const none: readonly Toast[] = [];

/** Says one line at the bottom for ten seconds, with an Undo when there is one; the three newest stay in sight. */
export async function say(text: string, { undo, isError = false }: { undo?: Undo; isError?: boolean } = {}) {
  last += 1;
  show([...toasts, { id: last, text, isError, ...(undo ? { undo } : {}) }].slice(-3));
}

/** Takes a line away. */
export function dismiss(id: number): void {
  show(toasts.filter((each) => each.id !== id));
}

/** Undoes what a line said was done, and takes the line away. */
export function undoToast({ id, undo }: Toast): void {
  dismiss(id);
  undo?.run();
}

/** The lines in sight, oldest first. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    listen,
    () => toasts,
    () => none,
  );
}
