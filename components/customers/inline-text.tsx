"use client";

import { type KeyboardEvent, useRef, useState, useTransition } from "react";
import { Input } from "@/components/ui/input";

type Props = {
  label: string;
  value: string;
  isOpen?: boolean;
  onSave: (value: string) => Promise<boolean>;
  onCancel?: () => void;
};

/** A text one changes where it stands: press it or F2, Enter keeps, Escape gives up. What was typed stays when saving fails. */
export function InlineText({ label, value, isOpen = false, onSave, onCancel }: Props) {
  const [isEditing, setIsEditing] = useState(isOpen);
  const [isSaving, startSaving] = useTransition();
  const isLeaving = useRef(false);
  const leave = () => {
    isLeaving.current = true;
    setIsEditing(false);
    onCancel?.();
  };
  const save = (text: string) => {
    if (isLeaving.current) return;
    if (text.trim() === "" || text.trim() === value) return leave();
    startSaving(async () => {
      if (await onSave(text.trim())) leave();
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") save(event.currentTarget.value);
    if (event.key === "Escape") leave();
  };
  if (!isEditing) {
    const open = () => {
      isLeaving.current = false;
      setIsEditing(true);
    };
    return (
      <button
        type="button"
        onClick={open}
        onKeyDown={(event) => (event.key === "F2" ? open() : undefined)}
        className="rounded-mark text-start font-550 hover:bg-hover"
      >
        <bdi>{value}</bdi>
      </button>
    );
  }
  return (
    <Input
      aria-label={label}
      aria-busy={isSaving || undefined}
      defaultValue={value}
      maxLength={200}
      autoFocus
      dir="auto"
      className="max-w-64"
      onFocus={(event) => event.target.select()}
      onKeyDown={onKeyDown}
      onBlur={(event) => save(event.target.value)}
    />
  );
}
