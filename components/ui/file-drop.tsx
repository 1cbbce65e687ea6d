"use client";

import { Upload } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { cn } from "./cn";

type Props = { label: string; hint: string; accept: string; onFiles: (files: File[]) => void };

/** A place for files: dropped, or chosen by the platform's own dialog. */
export function FileDrop({ label, hint, accept, onFiles }: Props) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        "grid cursor-pointer justify-items-center gap-1 rounded-sheet border border-control border-dashed px-6 py-10 text-center focus-within:outline-2 focus-within:outline-accent",
        isOver ? "bg-selected" : "bg-float",
      )}
    >
      <Upload aria-hidden className="size-5 text-ink-3" strokeWidth={1.5} />
      <span className="font-550 text-14">{label}</span>
      <span className="text-12 text-ink-3">{hint}</span>
      <input
        id={id}
        type="file"
        multiple
        accept={accept}
        className="sr-only"
        onChange={(event) => onFiles([...(event.target.files ?? [])])}
      />
    </label>
  );
}
