import { type ClassValue, clsx } from "clsx";

/** Joins class names. */
export function cn(...names: ClassValue[]): string {
  return clsx(names);
}
