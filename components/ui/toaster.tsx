"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";

const Sonner = dynamic(() => import("sonner").then(({ Toaster }) => Toaster), { ssr: false });

/** Where toasts appear; it loads when the first one is said. */
export function Toaster() {
  const [isNeeded, setNeeded] = useState(false);
  useEffect(() => {
    const need = () => setNeeded(true);
    window.addEventListener("wheelhouse:toast", need, { once: true });
    return () => window.removeEventListener("wheelhouse:toast", need);
  }, []);
  return isNeeded ? (
    <Sonner
      position="bottom-left"
      toastOptions={{
        classNames: {
          toast: "!bg-float !text-ink-1 !border-hairline !shadow-float !font-sans",
          actionButton: "!bg-transparent !text-accent-text",
        },
      }}
    />
  ) : null;
}
